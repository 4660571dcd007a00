import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROLLER_REVISION, POD, STATEFUL_SET } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import type { StatefulSet } from '../../../src/api/stateful-set.js';
import { WholeCluster } from './whole-cluster.js';

function manifest(replicas: number, extra = '', image = 'db:1'): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: ${replicas}
  serviceName: db
  selector: { matchLabels: { app: db } }
  ${extra}
  template:
    metadata: { labels: { app: db } }
    spec: { terminationGracePeriodSeconds: 5, containers: [ { name: c, image: "${image}" } ] }
`;
}

const template = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'c', image }] } } } });

function set(cluster: WholeCluster): StatefulSet {
  return cluster.stored(STATEFUL_SET, 'db');
}

function names(cluster: WholeCluster): readonly string[] {
  return cluster.podsOf(STATEFUL_SET).map(({ metadata }) => metadata.name);
}

function image(pod: Pod): unknown {
  return pod.spec.shape.spec.containers?.[0]?.image;
}

describe('the StatefulSet controller', () => {
  it('makes pods in order, each when the one before is ready', () => {
    const cluster = new WholeCluster({ podStart: '1s' });
    cluster.measurements.onCommit = ({ type, object }) => {
      if (type !== 'ADDED' || object.kind !== POD) return;
      const others = cluster.podsOf(STATEFUL_SET).filter(({ id }) => id !== object.id);
      expect(others.every(({ status }) => status.ready)).toBe(true);
      expect(object.metadata.name).toBe(`db-${others.length}`);
    };
    cluster.apply(manifest(5));
    cluster.runTo(30);
    expect(names(cluster)).toEqual(['db-0', 'db-1', 'db-2', 'db-3', 'db-4']);
    expect(set(cluster).status).toMatchObject({ replicas: 5, availableReplicas: 5, updatedReplicas: 5 });
    expect(cluster.unconverged).toBe(0);
    expect(cluster.quiet).toBe(true);
  });

  it('makes all pods of a Parallel set at once, in batches of 1, 2, 4 …', () => {
    const cluster = new WholeCluster({ podStart: '10s' });
    cluster.apply(manifest(9, 'podManagementPolicy: Parallel'));
    cluster.runTo(5);
    expect(names(cluster)).toHaveLength(9);
    expect(set(cluster).status.readyReplicas).toBe(0);
  });

  it('takes the highest ordinals away first, one by one', () => {
    const cluster = new WholeCluster({ podStart: '1s' });
    cluster.apply(manifest(5));
    cluster.runTo(30);
    const gone: string[] = [];
    cluster.measurements.onCommit = ({ type, object }) => {
      if (object.kind === POD && type === 'DELETED') gone.push(object.metadata.name);
    };
    cluster.patch(STATEFUL_SET, 'db', { spec: { replicas: 2 } });
    cluster.runTo(60);
    expect(gone).toEqual(['db-4', 'db-3', 'db-2']);
    expect(cluster.unconverged).toBe(0);
  });

  it('replaces pods from the highest ordinal down, and those below the partition not at all', () => {
    const cluster = new WholeCluster({ podStart: '1s' });
    cluster.apply(manifest(4, 'updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 2 } }'));
    cluster.runTo(30);
    const replaced: string[] = [];
    cluster.measurements.onCommit = ({ type, object }) => {
      if (object.kind === POD && type === 'ADDED') replaced.push(object.metadata.name);
    };
    cluster.patch(STATEFUL_SET, 'db', template('db:2'));
    cluster.runTo(60);
    expect(replaced).toEqual(['db-3', 'db-2']);
    const images = new Map(cluster.podsOf(STATEFUL_SET).map((pod) => [pod.metadata.name, image(pod)]));
    expect(images).toEqual(new Map(Object.entries({ 'db-0': 'db:1', 'db-1': 'db:1', 'db-2': 'db:2', 'db-3': 'db:2' })));
    expect(set(cluster).status).toMatchObject({ currentReplicas: 2, updatedReplicas: 2 });
    expect(cluster.all(CONTROLLER_REVISION)).toHaveLength(2);
    expect(cluster.unconverged).toBe(0);
  });

  it('makes a pod below the partition from the old revision again', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest(3, 'updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 2 } }'));
    cluster.runTo(10);
    cluster.patch(STATEFUL_SET, 'db', template('db:2'));
    cluster.runTo(20);
    cluster.delete(POD, 'db-0');
    cluster.runTo(40);
    expect(image(cluster.stored<Pod>(POD, 'db-0'))).toBe('db:1');
    expect(cluster.unconverged).toBe(0);
  });

  it('numbers a revision anew when it is rolled back to, and forgets those beyond the limit', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest(1, 'revisionHistoryLimit: 1'));
    for (const [index, version] of ['db:2', 'db:3', 'db:4', 'db:3'].entries()) {
      cluster.runTo(10 * (index + 1));
      cluster.patch(STATEFUL_SET, 'db', template(version));
    }
    cluster.runTo(100);
    const revisions = cluster.all<{ spec: { revision: number } } & Pod>(CONTROLLER_REVISION);
    expect(revisions.map(({ spec }) => spec.revision).sort()).toEqual([4, 5]);
    expect(image(cluster.stored<Pod>(POD, 'db-0'))).toBe('db:3');
  });

  it('spends on 20 pods what a real one did: 20 pods, 1 revision, 10 events and 10 more of one, 29 statuses', () => {
    const cluster = new WholeCluster({ qps: 20, delay: '1ms' });
    cluster.apply(manifest(20));
    cluster.runTo(30);
    const count = (verb: string, resource: string) => cluster.requests('statefulset-controller', verb, resource);
    expect(count('create', 'pods')).toBe(20);
    expect(count('create', 'controllerrevisions')).toBe(1);
    expect([count('create', 'events'), count('patch', 'events')]).toEqual([10, 10]);
    expect(count('update', 'statefulsets')).toBeGreaterThanOrEqual(27);
    expect(count('update', 'statefulsets')).toBeLessThanOrEqual(31);
  });

  it('gets there whatever the delays, the seed and the losses, with never two pods of one ordinal', () => {
    const scenario = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      replicas: fc.integer({ min: 0, max: 8 }),
      resizeTo: fc.integer({ min: 0, max: 8 }),
      policy: fc.constantFrom('OrderedReady', 'Parallel'),
      lost: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(scenario, ({ seed, replicas, resizeTo, policy, lost }) => {
        const cluster = new WholeCluster({ seed, delay: 'exponential(mean=5ms)', podStart: 'exponential(mean=100ms)' });
        cluster.apply(manifest(replicas, `podManagementPolicy: ${policy}`));
        cluster.runTo(60);
        expect(names(cluster)).toHaveLength(replicas);
        cluster.measurements.onCommit = () => {
          const all = names(cluster);
          expect(new Set(all).size).toBe(all.length);
        };
        cluster.patch(STATEFUL_SET, 'db', { spec: { replicas: resizeTo, ...template('db:2').spec } });
        if (lost < replicas) cluster.delete(POD, `db-${lost}`);
        cluster.runTo(300);
        const pods = cluster.podsOf(STATEFUL_SET);
        expect(names(cluster).toSorted()).toEqual(Array.from({ length: resizeTo }, (_, i) => `db-${i}`));
        expect(pods.every((pod) => image(pod) === 'db:2' && pod.status.ready)).toBe(true);
        expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  it('leaves nothing behind when its set is deleted', () => {
    const cluster = new WholeCluster();
    cluster.apply(manifest(3));
    cluster.runTo(10);
    cluster.delete(STATEFUL_SET, 'db');
    cluster.runTo(60);
    expect(cluster.podsOf(STATEFUL_SET)).toEqual([]);
    expect(cluster.all(CONTROLLER_REVISION)).toEqual([]);
  });
});
