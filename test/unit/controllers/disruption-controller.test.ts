import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPLOYMENT, POD, POD_DISRUPTION_BUDGET } from '../../../src/api/kind.js';
import type { Pod } from '../../../src/api/pod.js';
import type { PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import { WholeCluster } from './whole-cluster.js';

function deployment(replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [ { name: c, image: web } ] }
---
`;
}

function budget(limit: string): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { ${limit}, selector: { matchLabels: { app: web } } }
`;
}

function status(cluster: WholeCluster) {
  return cluster.stored<PodDisruptionBudget>(POD_DISRUPTION_BUDGET, 'web').status;
}

describe('the disruption controller', () => {
  it.each([
    ['minAvailable: 7', { expectedPods: 10, desiredHealthy: 7, disruptionsAllowed: 3 }],
    ['minAvailable: 75%', { expectedPods: 10, desiredHealthy: 8, disruptionsAllowed: 2 }],
    ['maxUnavailable: 1', { expectedPods: 10, desiredHealthy: 9, disruptionsAllowed: 1 }],
    ['maxUnavailable: 25%', { expectedPods: 10, desiredHealthy: 7, disruptionsAllowed: 3 }],
    ['maxUnavailable: 0', { expectedPods: 10, desiredHealthy: 10, disruptionsAllowed: 0 }],
  ])('with %s allows for 10 pods %o', (limit, expected) => {
    const cluster = new WholeCluster();
    cluster.apply(`${budget(limit)}---\n${deployment(10)}`);
    cluster.runTo(30);
    expect(status(cluster)).toMatchObject({ ...expected, currentHealthy: 10, observedGeneration: 1 });
    expect(cluster.quiet).toBe(true);
  });

  it('allows nothing where it cannot tell how many pods there should be', () => {
    const cluster = new WholeCluster();
    cluster.apply(`${budget('maxUnavailable: 1')}---
apiVersion: batch/v1
kind: Job
metadata: { name: job }
spec:
  template:
    metadata: { labels: { app: web }, annotations: { hubsim/exit-after: 1h } }
    spec: { restartPolicy: Never, containers: [ { name: c, image: task } ] }
`);
    cluster.runTo(30);
    expect(status(cluster)).toMatchObject({ disruptionsAllowed: 0, reason: 'SyncFailed' });
  });

  it('follows the pods, whatever the delays and the seed', () => {
    const scenario = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), replicas: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(scenario, ({ seed, replicas }) => {
        const cluster = new WholeCluster({ seed, delay: 'exponential(mean=5ms)', podStart: 'exponential(mean=100ms)' });
        cluster.measurements.onCommit = ({ object }) => {
          if (object.kind !== POD_DISRUPTION_BUDGET) return;
          const { disruptionsAllowed, currentHealthy, desiredHealthy } = (object as PodDisruptionBudget).status;
          expect(disruptionsAllowed).toBeLessThanOrEqual(Math.max(0, currentHealthy - desiredHealthy));
        };
        cluster.apply(deployment(replicas) + budget('maxUnavailable: 1'));
        cluster.runTo(30);
        for (const { metadata } of cluster.all<Pod>(POD).slice(0, 2)) cluster.delete(POD, metadata.name);
        cluster.patch(DEPLOYMENT, 'web', { spec: { replicas: replicas + 3 } });
        cluster.runTo(200);
        const healthy = replicas + 3;
        expect(status(cluster)).toMatchObject({
          expectedPods: healthy,
          currentHealthy: healthy,
          disruptionsAllowed: 1,
        });
        expect([cluster.unconverged, cluster.quiet]).toEqual([0, true]);
      }),
      { seed: 15, numRuns: 10 },
    );
  });
});
