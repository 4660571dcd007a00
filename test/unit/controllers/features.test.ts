import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/api/job.js';
import { DEPLOYMENT, JOB, POD, REPLICA_SET, STATEFUL_SET } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import type { StatefulSet } from '../../../src/api/stateful-set.js';
import type { Deployment, ReplicaSet } from '../../../src/api/workload.js';
import { WEB } from '../scenario/scenario-files.js';
import { WholeCluster } from './whole-cluster.js';

const image = (tag: string) => ({
  spec: { template: { spec: { containers: [{ name: 'web', image: `web:${tag}` }] } } },
});

describe('a Deployment', () => {
  it('that is scaled in the middle of a rollout shares the new pods out among its ReplicaSets', () => {
    const cluster = new WholeCluster({ nodes: 10 });
    cluster.apply(WEB.replace('replicas: 3', 'replicas: 10'));
    cluster.runTo(10);
    // The new pods ask for more than any node has, so that the rollout stands still half-way.
    cluster.patch(DEPLOYMENT, 'web', {
      spec: {
        template: {
          spec: { containers: [{ name: 'web', image: 'web:2', resources: { requests: { cpu: '1000' } } }] },
        },
      },
    });
    cluster.runTo(20);
    const sizes = () => cluster.all<ReplicaSet>(REPLICA_SET).map(({ spec }) => spec.replicas);
    expect(sizes()).toEqual([8, 5]);
    cluster.cluster.user.scale(DEPLOYMENT, 'default', 'web', 20);
    cluster.runTo(30);
    // 12 more, 25 in all with the surge of 5: in proportion to 8 and 5 of 13.
    expect(sizes()).toEqual([15, 10]);
  });

  it('whose ReplicaSet would have the name of a stranger takes another name', () => {
    const cluster = new WholeCluster();
    cluster.apply(WEB);
    cluster.runTo(10);
    const [own] = cluster.all<ReplicaSet>(REPLICA_SET);
    cluster.cluster.user.delete(DEPLOYMENT, 'default', 'web', { propagationPolicy: 'Orphan' });
    cluster.runTo(20);
    // The orphan keeps its name, and its template is made another, so that it is not the new Deployment's.
    cluster.patch(REPLICA_SET, own!.metadata.name, image('other'));
    cluster.apply(WEB);
    cluster.runTo(60);
    const names = cluster.all<ReplicaSet>(REPLICA_SET).map(({ metadata }) => metadata.name);
    expect(new Set(names).size).toBe(2);
    expect(cluster.stored<Deployment>(DEPLOYMENT, 'web').status).toMatchObject({
      collisionCount: 1,
      availableReplicas: 3,
    });
  });
});

describe('a StatefulSet', () => {
  it('replaces so many pods at once as may be unavailable', () => {
    const cluster = new WholeCluster({ delay: '1ms', podStart: '1s', gates: ['MaxUnavailableStatefulSet'] });
    const rolling = 'replicas: 6\n  serviceName: web\n  updateStrategy: { rollingUpdate: { maxUnavailable: 3 } }';
    cluster.apply(WEB.replace('Deployment', 'StatefulSet').replace('replicas: 3', rolling));
    cluster.runTo(30);
    let missingMost = 0;
    cluster.measurements.onCommit = ({ object }) => {
      if (object.kind !== POD) return;
      const up = cluster.podsOf(STATEFUL_SET).filter(({ status, metadata }) => status.ready && !metadata.deleting);
      missingMost = Math.max(missingMost, 6 - up.length);
    };
    cluster.patch(STATEFUL_SET, 'web', image('2'));
    cluster.runTo(90);
    expect(missingMost).toBe(3);
    expect(cluster.stored<StatefulSet>(STATEFUL_SET, 'web').status).toMatchObject({
      updatedReplicas: 6,
      readyReplicas: 6,
    });
  });
});

describe('a Job', () => {
  it('is done when the indexes that its success policy names are', () => {
    const cluster = new WholeCluster();
    cluster.apply(`apiVersion: batch/v1
kind: Job
metadata: { name: work }
spec:
  completions: 5
  parallelism: 1
  completionMode: Indexed
  successPolicy: { rules: [ { succeededIndexes: "0-1" } ] }
  template:
    metadata: { annotations: { hubsim/exit-after: 1s } }
    spec: { restartPolicy: Never, containers: [ { name: c, image: "c:1" } ] }
`);
    cluster.runTo(60);
    const { status } = cluster.stored<Job>(JOB, 'work');
    expect(status.conditions.map(({ type, status: is }) => `${type}=${is}`)).toEqual(
      expect.arrayContaining(['SuccessCriteriaMet=True', 'Complete=True']),
    );
    expect(status.succeeded).toBeLessThan(5);
    expect(cluster.all<Pod>(POD).filter(({ status: { phase } }) => phase === 'Running')).toEqual([]);
  });
});
