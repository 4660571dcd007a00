import { describe, expect, test } from 'vitest';
import { DAEMON_SET, NODE, POD, POD_DISRUPTION_BUDGET, REPLICA_SET } from '../../../src/api/kind.js';
import type { Node } from '../../../src/api/node.js';
import type { Pod } from '../../../src/api/pod.js';
import type { PodDisruptionBudget } from '../../../src/api/pod-disruption-budget.js';
import { WholeCluster } from '../controllers/whole-cluster.js';
import { WEB } from '../scenario/scenario-files.js';

const SIX = WEB.replace('replicas: 3', 'replicas: 6');
const AGENT = WEB.replace('Deployment', 'DaemonSet').replace('  replicas: 3\n', '').replaceAll('web', 'agent');
const BUDGET = `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
`;
const BARE = `---
apiVersion: v1
kind: Pod
metadata: { name: bare }
spec: { nodeName: node-0000, containers: [ { name: c, image: c:1 } ] }
`;
const OPTIONS = { force: false, gracePeriodSeconds: -1, timeoutNs: 0 };

const podsOn = (cluster: WholeCluster, node: string) =>
  cluster.all<Pod>(POD).filter(({ spec }) => spec.nodeName === node);

describe('kubectl drain', () => {
  test('empties a node but for its daemons, and no pod comes back', () => {
    const cluster = new WholeCluster({ delay: '1ms' });
    cluster.apply(`${SIX}---\n${AGENT}`);
    cluster.runTo(20);
    cluster.cluster.user.drain(['node-0000'], OPTIONS);
    cluster.runTo(60);
    expect((cluster.cluster.hub.store.get(NODE, '', 'node-0000') as Node).spec.unschedulable).toBe(true);
    expect(podsOn(cluster, 'node-0000').map(({ metadata }) => metadata.ownerReferences[0]?.kindId)).toEqual([
      DAEMON_SET.id,
    ]);
    expect(cluster.podsOf(REPLICA_SET)).toHaveLength(6);
    expect(cluster.unconverged).toBe(0);
    expect(cluster.measurements.refusals).toEqual([]);
  });

  test('tries again every 5 s what a budget refuses, and never goes below it', () => {
    const cluster = new WholeCluster({ delay: '1ms', podStart: '2s' });
    cluster.apply(SIX + BUDGET);
    cluster.runTo(30);
    let readyMin = 6;
    cluster.measurements.onCommit = ({ object }) => {
      if (object.kind !== POD) return;
      readyMin = Math.min(readyMin, cluster.podsOf(REPLICA_SET).filter(isUp).length);
    };
    cluster.cluster.user.drain(['node-0000', 'node-0001'], OPTIONS);
    cluster.runTo(120);
    expect([...podsOn(cluster, 'node-0000'), ...podsOn(cluster, 'node-0001')]).toEqual([]);
    expect(readyMin).toBe(5);
    const refused = cluster.measurements.requests.keys.filter(({ subresource, code }) => {
      return subresource === 'eviction' && code === 429;
    });
    expect(refused).toHaveLength(1);
    expect(cluster.quiet).toBe(true);
    const budget = cluster.stored<PodDisruptionBudget>(POD_DISRUPTION_BUDGET, 'web');
    expect(budget.status).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 6 });
    expect(budget.status.disruptedPods.size).toBe(0);
  });

  test('leaves a node alone that has a pod nobody would make again, unless it is forced', () => {
    const cluster = new WholeCluster();
    cluster.apply(SIX + BARE);
    cluster.runTo(20);
    cluster.cluster.user.drain(['node-0000'], OPTIONS);
    cluster.runTo(40);
    expect(podsOn(cluster, 'node-0000').length).toBeGreaterThan(1);
    expect(cluster.measurements.refusals[0]).toContain('default/bare');
    cluster.cluster.user.drain(['node-0000'], { ...OPTIONS, force: true });
    cluster.runTo(60);
    expect(podsOn(cluster, 'node-0000')).toEqual([]);
  });

  test('gives up after its timeout', () => {
    const cluster = new WholeCluster();
    cluster.apply(SIX + BUDGET.replace('maxUnavailable: 1', 'maxUnavailable: 0'));
    cluster.runTo(20);
    cluster.cluster.user.drain(['node-0000'], { ...OPTIONS, timeoutNs: 30e9 });
    cluster.runTo(120);
    expect(cluster.quiet).toBe(true);
    expect(podsOn(cluster, 'node-0000')).toHaveLength(2);
    expect(cluster.measurements.refusals[0]).toContain('given up');
  });
});

function isUp({ status, metadata }: Pod): boolean {
  return status.ready && !metadata.deleting;
}
