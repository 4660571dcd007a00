import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../scenario/scenario-files.js';

const REPLICAS = 200;
/** So many of them were there before. */
const PODS_BEFORE = 3;

/** A Deployment that grows from 3 to 200 pods, which takes about 9 s, on three control-plane machines while something happens. */
function grown(...steps: string[]): RunResult {
  const scenario = `seed: 1
cluster:
  nodes: [{ count: 20, capacity: { cpu: 8, memory: 16Gi, pods: 110 } }]
  apiServer: { replicas: 3 }
  etcd: { members: 3 }
  scheduler: { replicas: 3 }
  controllerManager: { replicas: 3 }
  kubelet: { model: hollow, nodeStatus: false }
before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, scale: deployment/web, replicas: ${REPLICAS} }
${steps.map((step) => `  - ${step}`).join('\n')}
stop: { when: converged, atMost: 10m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

/** Nothing lost and nothing twice. */
function expectWhole({ summary }: RunResult): void {
  expect(summary.end.reason).toBe('converged');
  expect(summary.pods.running! + PODS_BEFORE).toBe(REPLICAS);
  expect(summary.pods.created! - summary.pods.deleted! + PODS_BEFORE).toBe(REPLICAS);
}

describe('three control-plane machines', () => {
  it.each(['api-server/0', 'api-server/2', 'etcd/0', 'etcd/2', 'etcd/any'])(
    'go on without one of their processes: %s',
    (target) => {
      const result = grown(`{ at: 3s, fault: kill, target: ${target}, for: 4s }`);
      expectWhole(result);
      expect(result.summary.convergence.seconds).toBeLessThan(12);
    },
  );

  it('come through the loss of everything, one after the other', () => {
    const kill = (at: number, target: string): string => `{ at: ${at}s, fault: kill, target: ${target}, for: 2s }`;
    const result = grown(kill(1, 'api-server/0'), kill(3, 'api-server/1'), kill(5, 'etcd/0'), kill(7, 'etcd/1'));
    expectWhole(result);
  });

  it('write nothing while two of three etcd members are gone', () => {
    const away = (member: number): string => `{ at: 3s, fault: kill, target: etcd/${member}, for: 20s }`;
    const result = grown(away(1), away(2));
    expectWhole(result);
    const { pods, timeZeroNs } = result;
    const created = [...pods.createdNs.slice(0, pods.count)].map((ns) => (ns - timeZeroNs) / 1e9);
    expect(created.filter((at) => at > 3.1 && at < 23)).toEqual([]);
    expect(result.summary.hub.byRequest.some(({ code }) => code === 500)).toBe(true);
  });

  it('do not feel a disk that is slow at a follower', () => {
    const p99 = (member: number): number =>
      grown(`{ at: 1s, fault: disk-slow, target: etcd/${member}, factor: 200, for: 5s }`).summary.etcd.commitLatency
        .p99!;
    expect(p99(2)).toBeLessThan(0.05);
    expect(p99(0)).toBeGreaterThan(0.05);
  });
});

it('a disk is a matter of etcd', () => {
  expect(() => grown('{ at: 5s, fault: disk-full, target: api-server/0 }')).toThrow(InputError);
  expect(() => grown('{ at: 5s, fault: disk-full, target: etcd/3 }')).toThrow(/it has 3 replicas/);
});
