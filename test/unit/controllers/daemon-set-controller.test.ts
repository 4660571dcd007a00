import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DaemonSet } from '../../../src/api/daemon-set.js';
import { CONTROLLER_REVISION, DAEMON_SET, NODE, POD } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import { WholeCluster } from './whole-cluster.js';

function manifest(extra = '', podExtra = ''): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  ${extra}
  template:
    metadata: { labels: { app: agent } }
    spec: { ${podExtra} containers: [ { name: c, image: "agent:1" } ] }
`;
}

const template = (image: string) => ({ spec: { template: { spec: { containers: [{ name: 'c', image }] } } } });

function status(cluster: WholeCluster) {
  return cluster.stored<DaemonSet>(DAEMON_SET, 'agent').status;
}

function nodesOf(cluster: WholeCluster): readonly string[] {
  return cluster
    .podsOf(DAEMON_SET)
    .map(({ spec }) => spec.nodeName)
    .sort();
}

function nodeNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `node-${String(index).padStart(4, '0')}`);
}

function image(pod: Pod): unknown {
  return pod.spec.shape.spec.containers?.[0]?.image;
}

function taint(cluster: WholeCluster, node: string, effect: string): void {
  cluster.patch(NODE, node, { spec: { taints: [{ key: 'k', value: 'v', effect }] } });
}

describe('the DaemonSet controller', () => {
  it('puts one pod on every node, and the scheduler binds each where it is meant to be', () => {
    const cluster = new WholeCluster({ nodes: 300 });
    cluster.apply(manifest());
    cluster.runTo(60);
    expect(nodesOf(cluster)).toEqual(nodeNames(300));
    expect(status(cluster)).toMatchObject({ desiredNumberScheduled: 300, numberAvailable: 300, numberMisscheduled: 0 });
    expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
  });

  it('leaves out nodes that its selector and its tolerations do not fit', () => {
    const cluster = new WholeCluster({ nodes: 4 });
    taint(cluster, 'node-0001', 'NoSchedule');
    cluster.patch(NODE, 'node-0002', { metadata: { labels: { disk: 'ssd' } } });
    cluster.patch(NODE, 'node-0001', { metadata: { labels: { disk: 'ssd' } } });
    cluster.runTo(1);
    cluster.apply(manifest('', 'nodeSelector: { disk: ssd },'));
    cluster.runTo(10);
    expect(nodesOf(cluster)).toEqual(['node-0002']);
    cluster.patch(NODE, 'node-0001', { spec: { taints: null } });
    cluster.runTo(20);
    expect(nodesOf(cluster)).toEqual(['node-0001', 'node-0002']);
    expect(cluster.unconverged).toBe(0);
  });

  it('takes its pod from a node that evicts it, and puts one on a node that comes', () => {
    const cluster = new WholeCluster({ nodes: 3 });
    cluster.apply(manifest());
    cluster.runTo(10);
    taint(cluster, 'node-0000', 'NoExecute');
    cluster.runTo(20);
    expect(nodesOf(cluster)).toEqual(['node-0001', 'node-0002']);
    cluster.cluster.machines.join('node-0003');
    cluster.apply(
      '{ apiVersion: v1, kind: Node, metadata: { name: node-0003 }, status: { capacity: { cpu: 4, memory: 8Gi, pods: 10 } } }',
    );
    cluster.runTo(80);
    expect(nodesOf(cluster)).toEqual(['node-0001', 'node-0002', 'node-0003']);
  });

  it('makes a deleted pod again', () => {
    const cluster = new WholeCluster({ nodes: 3 });
    cluster.apply(manifest());
    cluster.runTo(10);
    cluster.delete(POD, cluster.podsOf(DAEMON_SET)[1]!.metadata.name);
    cluster.runTo(60);
    expect(nodesOf(cluster)).toEqual(nodeNames(3));
    expect(cluster.unconverged).toBe(0);
  });

  it('replaces a failed pod at once, and the next one of that node only after a while', () => {
    const cluster = new WholeCluster({ nodes: 1 });
    const created: number[] = [];
    cluster.measurements.onCommit = ({ type, object }) => {
      if (type === 'ADDED' && object.kind === POD) created.push(cluster.engine.nowNs / 1e9);
    };
    const exits = 'metadata: { annotations: { hubsim/exit-after: "0.1s", hubsim/exit-code: "1" }, labels:';
    cluster.apply(manifest().replace('metadata: { labels:', exits));
    cluster.runTo(40);
    const gaps = created.slice(1).map((at, index) => Math.round(at - created[index]!));
    expect(gaps.slice(0, 6)).toEqual([0, 1, 2, 4, 8, 16]);
  });

  it('updates node by node, with never more than maxUnavailable without a pod', () => {
    const cluster = new WholeCluster({ nodes: 6, podStart: '1s' });
    cluster.apply(manifest('updateStrategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 2 } }'));
    cluster.runTo(30);
    let least = 6;
    cluster.measurements.onCommit = () => {
      const ready = cluster.podsOf(DAEMON_SET).filter((pod) => pod.status.ready && !pod.metadata.deleting);
      least = Math.min(least, ready.length);
    };
    cluster.patch(DAEMON_SET, 'agent', template('agent:2'));
    cluster.runTo(300);
    expect(least).toBe(4);
    expect(cluster.podsOf(DAEMON_SET).map(image)).toEqual(Array.from({ length: 6 }, () => 'agent:2'));
    expect(cluster.all(CONTROLLER_REVISION)).toHaveLength(2);
    expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
  });

  it('with surge starts the new pod first, so that no node is ever without one', () => {
    const cluster = new WholeCluster({ nodes: 4, podStart: '1s' });
    cluster.apply(manifest('updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'));
    cluster.runTo(30);
    cluster.measurements.onCommit = () => {
      const serving = cluster.podsOf(DAEMON_SET).filter((pod) => pod.status.ready && !pod.metadata.deleting);
      expect(new Set(serving.map(({ spec }) => spec.nodeName)).size).toBe(4);
    };
    cluster.patch(DAEMON_SET, 'agent', template('agent:2'));
    cluster.runTo(300);
    expect(cluster.podsOf(DAEMON_SET).map(image)).toEqual(Array.from({ length: 4 }, () => 'agent:2'));
    expect(cluster.unconverged).toBe(0);
  });

  it('with surge takes an old pod away once the new one has been ready for long enough, and nothing else says so', () => {
    const cluster = new WholeCluster({ nodes: 5, podStart: '1s' });
    cluster.apply(manifest('updateStrategy: { rollingUpdate: { maxSurge: 20% } }\n  minReadySeconds: 7'));
    cluster.runTo(30);
    cluster.patch(DAEMON_SET, 'agent', template('agent:2'));
    cluster.runTo(120);
    expect(cluster.podsOf(DAEMON_SET).map(image)).toEqual(Array.from({ length: 5 }, () => 'agent:2'));
    expect(cluster.unconverged).toBe(0);
  });

  it('spends one request on its revision, one on each pod and at most 25 on events', () => {
    const cluster = new WholeCluster({ nodes: 100, qps: 20, delay: '1ms' });
    cluster.apply(manifest());
    cluster.runTo(60);
    const count = (verb: string, resource: string) => cluster.requests('daemon-set-controller', verb, resource);
    expect(count('create', 'pods')).toBe(100);
    expect(count('create', 'controllerrevisions')).toBe(1);
    expect([count('create', 'events'), count('patch', 'events')]).toEqual([10, 15]);
    expect(count('update', 'daemonsets')).toBeLessThanOrEqual(4);
  });

  it('ends with one pod of the newest template on each node, whatever the delays, the seed and the losses', () => {
    const scenario = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      nodes: fc.integer({ min: 1, max: 8 }),
      maxSurge: fc.integer({ min: 0, max: 3 }),
      lost: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(scenario, ({ seed, nodes, maxSurge, lost }) => {
        const delays = { delay: 'exponential(mean=5ms)', podStart: 'exponential(mean=100ms)' };
        const cluster = new WholeCluster({ seed, nodes, ...delays });
        const rollingUpdate = maxSurge > 0 ? `{ maxSurge: ${maxSurge}, maxUnavailable: 0 }` : '{ maxUnavailable: 1 }';
        cluster.apply(manifest(`updateStrategy: { rollingUpdate: ${rollingUpdate} }`));
        cluster.runTo(60);
        expect(nodesOf(cluster)).toEqual(nodeNames(nodes));
        cluster.patch(DAEMON_SET, 'agent', template('agent:2'));
        const doomed = cluster.podsOf(DAEMON_SET)[lost];
        if (doomed !== undefined) cluster.delete(POD, doomed.metadata.name);
        cluster.runTo(300);
        expect(nodesOf(cluster)).toEqual(nodeNames(nodes));
        expect(cluster.podsOf(DAEMON_SET).every((pod) => image(pod) === 'agent:2' && pod.status.ready)).toBe(true);
        expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
      }),
      { seed: 12, numRuns: 15 },
    );
  });
});
