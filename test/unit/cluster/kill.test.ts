import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../scenario/scenario-files.js';

const REPLICAS = 300;
/** So many of them were there before. */
const PODS_BEFORE = 3;

/** A Deployment that grows from 3 to 300 pods, which takes about 14 s, while something dies. */
function grown(step: string, cluster = ''): RunResult {
  const scenario = `seed: 1
cluster:
  nodes: [{ count: 20, capacity: { cpu: 8, memory: 16Gi, pods: 110 } }]
  kubelet: { model: hollow, nodeStatus: false }
${cluster}before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, scale: deployment/web, replicas: ${REPLICAS} }
  - ${step}
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

describe('a process that is killed and started again', () => {
  it.each(['api-server/0', 'scheduler/0', 'controller-manager/0', 'etcd/0'])(
    'loses nothing and doubles nothing: %s',
    (target) => {
      expectWhole(grown(`{ at: 5s, fault: kill, target: ${target}, for: 5s }`));
    },
  );

  it('has to wait until its own lease from before has run out: scheduler/0', () => {
    const { pods, timeZeroNs } = grown('{ at: 5s, fault: kill, target: scheduler/0, for: 5s }');
    const bound = [...pods.boundNs.slice(0, pods.count)].map((ns) => (ns - timeZeroNs) / 1e9);
    const pause = bound.filter((at) => at > 5.1 && at < 25);
    expect(pause).toEqual([]);
    expect(bound.some((at) => at >= 25 && at < 30)).toBe(true);
  });

  it('knows nothing of before and finds out again: controller-manager/0', () => {
    const { summary } = grown('{ at: 5s, fault: kill, target: controller-manager/0, for: 5s }');
    expect(summary.pods.createdAt.p100).toBeGreaterThan(25);
    expect(summary.convergence.seconds).toBeLessThan(45);
  });

  it('answers nothing while it is down, and the others try again: etcd/0', () => {
    const { summary } = grown('{ at: 5s, fault: kill, target: etcd/0, for: 5s }');
    const failed = summary.hub.byRequest.filter(({ code }) => code === 500);
    expect(failed.length).toBeGreaterThan(0);
    expect(summary.convergence.seconds).toBeLessThan(40);
  });

  it('leaves a run stuck that needs it, if it never comes back', () => {
    const { summary } = grown('{ at: 5s, fault: kill, target: scheduler/0 }');
    expect(summary.end.reason).toBe('stuck');
    expect(summary.pods.created! + PODS_BEFORE).toBe(REPLICAS);
    expect(summary.pods.bound).toBeLessThan(REPLICAS - PODS_BEFORE);
  });
});

describe('a standby', () => {
  it.each([
    ['scheduler', 'scheduler: { replicas: 2 }'],
    ['controller-manager', 'controllerManager: { replicas: 2 }'],
  ])('takes over when the lease of a dead leader has run out: %s', (component, setting) => {
    const results = [0, 1].map((copy) =>
      grown(`{ at: 5s, fault: kill, target: ${component}/${copy} }`, `  ${setting}\n`),
    );
    for (const result of results) expectWhole(result);
    // Which of them leads is luck.
    const [standby, leader] = results.map(({ summary }) => summary.convergence.seconds!).sort((a, b) => a - b);
    expect(standby).toBeLessThan(15);
    expect(leader).toBeGreaterThan(19);
    expect(leader).toBeLessThan(40);
  });
});

describe('COMPONENT/leader', () => {
  const convergedAfter = (step: string, setting: string): number => {
    const result = grown(step, `  ${setting}\n`);
    expectWhole(result);
    return result.summary.convergence.seconds!;
  };

  it.each([
    ['scheduler', 'scheduler: { replicas: 3 }'],
    ['controller-manager', 'controllerManager: { replicas: 3 }'],
  ])('is whichever has the lease: %s', (component, setting) => {
    const each = [0, 1, 2].map((copy) =>
      convergedAfter(`{ at: 5s, fault: kill, target: ${component}/${copy} }`, setting),
    );
    const leader = convergedAfter(`{ at: 5s, fault: kill, target: ${component}/leader }`, setting);
    expect(leader).toBe(Math.max(...each));
  });

  it('is whoever has taken over from one that stands still', () => {
    const frozen = '{ at: 5s, fault: freeze, target: scheduler/leader }';
    const setting = 'scheduler: { replicas: 2 }';
    const once = convergedAfter(frozen, setting);
    const more = '{ at: 41s, scale: deployment/web, replicas: 310 }';
    const steps = `${frozen}\n  - { at: 40s, fault: kill, target: scheduler/leader }\n  - ${more}`;
    const twice = grown(steps, `  ${setting}\n`);
    expect(once).toBeLessThan(40);
    expect(twice.summary.end.reason).toBe('stuck');
  });

  it('of etcd is the member that leads', () => {
    const fingerprint = (target: string): string =>
      grown(`{ at: 5s, fault: kill, target: ${target} }`, '  etcd: { members: 3 }\n').summary.fingerprint;
    expect(fingerprint('etcd/leader')).toBe(fingerprint('etcd/0'));
    expect(fingerprint('etcd/leader')).not.toBe(fingerprint('etcd/1'));
  });

  it('is nobody where all work, which is told with its place', () => {
    expect(() => grown('{ at: 5s, fault: kill, target: api-server/leader }')).toThrow('API servers have no leader');
  });

  it('has nothing happen to it while nobody leads', () => {
    const kill = '{ at: 5s, fault: kill, target: scheduler/leader, for: 5s }';
    const again = `${kill}\n  - { at: 7s, fault: kill, target: scheduler/leader, for: 20s }`;
    const setting = 'scheduler: { replicas: 1 }';
    expect(convergedAfter(again, setting)).toBe(convergedAfter(kill, setting));
  });
});

it('a leader that could not renew its lease for 10 s ends, so that no two work', () => {
  const copies = '  controllerManager: { replicas: 2 }\n  scheduler: { replicas: 2 }\n';
  const result = grown('{ at: 5s, fault: kill, target: api-server/0, for: 14s }', copies);
  expectWhole(result);
  expect(result.summary.pods.deleted).toBe(0);
});

it('a process that there is not cannot be killed', () => {
  expect(() => grown('{ at: 5s, fault: kill, target: scheduler/1 }')).toThrow(InputError);
});
