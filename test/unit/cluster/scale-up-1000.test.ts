import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../scenario/scenario-files.js';

const PODS_BEFORE = 3;
const PODS_NEW = 1000;

/** A Deployment that grows by 1,000 pods, 100 a second, while something happens from the third second on. */
function grown(step: string, cluster = ''): RunResult {
  const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 40, capacity: { cpu: 32, memory: 64Gi, pods: 110 } }]
  scheduler: { kubeApiQps: 200, kubeApiBurst: 200 }
  controllerManager: { kubeApiQps: 100, kubeApiBurst: 100 }
  kubelet: { model: hollow, podStart: 1s, nodeStatus: false }
${cluster}before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, scale: deployment/web, replicas: ${PODS_BEFORE + PODS_NEW} }
  - { at: 3s, ${step} }
stop: { when: converged, atMost: 30m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

/** How many requests of a sort were answered with success. */
function done({ summary }: RunResult, resource: string, subresource: string, verb: string): number {
  return summary.hub.byRequest
    .filter((row) => row.resource === resource && row.subresource === subresource && row.verb === verb)
    .filter(({ code }) => code >= 200 && code < 300)
    .reduce((sum, { count }) => sum + count, 0);
}

/** Nothing lost, nothing twice, converged. */
function expectWhole(result: RunResult): void {
  const { summary, pods, timeZeroNs } = result;
  expect(summary.end.reason).toBe('converged');
  expect(summary.end.findings).toEqual([]);
  expect(summary.pods.created! - summary.pods.deleted!).toBe(PODS_NEW);
  const kept = Array.from({ length: pods.count }, (_, pod) => pod).filter((pod) => pods.goneNs[pod]! < 0);
  expect(kept).toHaveLength(PODS_BEFORE + PODS_NEW);
  expect(kept.every((pod) => pods.boundNs[pod]! >= 0 && pods.runningNs[pod]! >= pods.boundNs[pod]!)).toBe(true);
  expect(kept.filter((pod) => pods.createdNs[pod]! >= timeZeroNs)).toHaveLength(PODS_NEW);
  // No pod was bound to two nodes, and none made that was not wanted: an answer that was lost is no second write.
  expect(done(result, 'pods', 'binding', 'create')).toBeLessThanOrEqual(PODS_NEW);
  expect(done(result, 'pods', '', 'create')).toBeLessThanOrEqual(PODS_NEW);
}

const HA = '  apiServer: { replicas: 3 }\n  etcd: { members: 3 }\n';

describe('a scale-up of 1,000 pods', () => {
  it('needs no list when nothing worse happens than a slow link', () => {
    const result = grown('fault: link-slow, from: scheduler, to: api-server, delay: 1ms, for: 1s');
    expectWhole(result);
    expect(result.summary.hub.relists).toBe(0);
  });

  it('survives a restart of the API server, after which all list anew', () => {
    const result = grown('fault: kill, target: api-server/0, for: 5s');
    expectWhole(result);
    const { relists, watchers } = result.summary.hub;
    const caches = watchers.filter(({ staleness }) => staleness !== null);
    // One new list for every cache, but for those that had heard of the last write of all, which was a pod's.
    expect(caches.filter((one) => one.relists !== 1 && one.resource !== 'pods')).toEqual([]);
    expect(caches.every((one) => one.relists <= 1)).toBe(true);
    expect(relists).toBe(caches.reduce((sum, one) => sum + one.relists, 0));
  });

  it('survives a partition of the API server and its etcd', () => {
    const result = grown('fault: partition, from: api-server/0, to: etcd/0, for: 60s', HA);
    expectWhole(result);
  });

  it('survives a partition of the controllers and the API server, after which they list anew', () => {
    const result = grown('fault: partition, from: controller-manager, to: api-server, for: 90s');
    expectWhole(result);
    const lists = (client: string): number =>
      result.summary.hub.watchers.filter((one) => one.client === client).reduce((sum, one) => sum + one.relists, 0);
    expect(lists('kube-controller-manager')).toBeGreaterThan(0);
    expect(lists('kube-scheduler')).toBe(0);
  });

  it('survives a change of the leader of etcd, which breaks no watch', () => {
    const result = grown('fault: kill, target: etcd/leader, for: 20s', HA);
    expectWhole(result);
    expect(result.summary.etcd.leaderChanges).toBe(1);
    expect(result.summary.hub.relists).toBe(0);
  });
});
