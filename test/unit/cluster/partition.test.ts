import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

const REPLICAS = 300;
const PODS_BEFORE = 3;

/** A Deployment that grows from 3 to 300 pods, which takes about 14 s, while something happens from 5 s on. */
function grown(step: string, cluster = ''): RunResult {
  const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 20, capacity: { cpu: 8, memory: 16Gi, pods: 110 } }]
  kubelet: { model: hollow, podStart: 1s, nodeStatus: false }
${cluster}before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, scale: deployment/web, replicas: ${REPLICAS} }
  - { at: 5s, ${step} }
stop: { when: converged, atMost: 30m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

/** Nothing lost and nothing twice. */
function expectWhole({ summary }: RunResult): void {
  expect(summary.end.reason).toBe('converged');
  expect(summary.pods.created! + PODS_BEFORE).toBe(REPLICAS);
  expect(summary.pods.running! + PODS_BEFORE).toBe(REPLICAS);
}

/** Whether a pod reached a state between two moments, in seconds. */
function anyWithin({ pods, timeZeroNs }: RunResult, timesNs: ArrayLike<number>, from: number, to: number): boolean {
  const at = Array.from({ length: pods.count }, (_, pod) => (timesNs[pod]! - timeZeroNs) / 1e9);
  return at.some((seconds) => seconds > from && seconds < to);
}

const HA = '  apiServer: { replicas: 3 }\n  etcd: { members: 3 }\n';

describe('a partition', () => {
  it.each([
    ['from: scheduler, to: api-server, for: 4s', ''],
    ['from: scheduler, to: api-server, for: 90s', ''],
    ['from: api-server/0, to: kube-controller-manager/0, for: 90s', ''],
    ['from: api-server, to: etcd, for: 20s', ''],
    ['from: api-server/0, to: etcd/0, for: 2m', ''],
    ['from: api-server/0, to: etcd/0, for: 2m', HA],
    ['from: etcd/0, to: etcd, for: 1m', HA],
    ['from: etcd/1, to: etcd/2, for: 1m', HA],
    ['from: scheduler, to: api-server/0, for: 2m', HA],
    ['from: scheduler, to: api-server, for: 2m', HA],
    ['from: nodes, to: api-server, for: 20s', ''],
    ['from: { any: 5 }, to: api-server/0, for: 20s', ''],
  ])('loses nothing and doubles nothing: %s %s', (link, cluster) => {
    expectWhole(grown(`fault: partition, ${link}`, cluster));
  });
});

describe('a process that stands still', () => {
  it.each([
    ['api-server/0, for: 20s', ''],
    ['api-server/0, for: 2m', ''],
    ['api-server/1, for: 2m', HA],
    ['etcd/0, for: 20s', ''],
    ['etcd/0, for: 2m', ''],
    ['etcd/0, for: 1m', HA],
  ])('loses nothing and doubles nothing: %s %s', (target, cluster) => {
    expectWhole(grown(`fault: freeze, target: ${target}`, cluster));
  });
});

describe('a scheduler that is cut off', () => {
  it('binds again when the lease that it lost has run out for its next life', () => {
    const result = grown('fault: partition, from: scheduler, to: api-server, for: 90s');
    // It ends by itself 12 s later at the latest; the wire is whole at 95 s, and its own old lease holds for 15 s more.
    expect(anyWithin(result, result.pods.boundNs, 5.5, 110)).toBe(false);
    expect(anyWithin(result, result.pods.boundNs, 110, 125)).toBe(true);
    expect(anyWithin(result, result.pods.createdNs, 10, 20)).toBe(true);
  });

  it('goes on where it was if the wire is whole again soon', () => {
    const result = grown('fault: partition, from: scheduler, to: api-server, for: 4s');
    expect(anyWithin(result, result.pods.boundNs, 5.5, 9)).toBe(false);
    // The attempt 6.2 s after the cut gets through.
    expect(anyWithin(result, result.pods.boundNs, 11.2, 11.5)).toBe(true);
  });
});

describe('a mistake in a partition', () => {
  it.each([
    ['from: scheduler, to: controller-manager', 'nothing travels between scheduler and controller-manager'],
    ['from: nodes, to: etcd/0', 'nothing travels between all nodes and etcd/0'],
    ['from: api-server/0, to: api-server/1', 'nothing travels'],
    ['from: shceduler, to: api-server', 'unknown component "shceduler"'],
    ['from: scheduler/x, to: api-server', '"scheduler/x" does not name a process'],
  ])('is told at its place: %s', (link, message) => {
    const text = mistake({
      'main.yaml': `cluster: {}\ntimeline:\n  - { at: 0s, fault: partition, ${link} }\n`,
    });
    expect(text).toContain(message);
    expect(text).toContain('main.yaml:3:');
  });

  it.each([
    ['from: scheduler/3, to: api-server', '', 'there is no scheduler/3: it has 1 replica'],
    ['from: nodes, to: api-server/1', HA, 'nodes reach the API servers through the balancer'],
    ['from: scheduler, to: api-server', '  wiring: { mode: mesh }\n', 'in a mesh there is no API server'],
  ])('is told when it is to happen: %s', (link, cluster, message) => {
    expect(() => grown(`fault: partition, ${link}`, cluster)).toThrow(message);
  });
});
