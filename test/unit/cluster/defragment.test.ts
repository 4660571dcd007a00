import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/measure/run-result.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

/** Patches fill a small etcd in a second or two; a Deployment is to grow at 8 s, and something is done about it before. */
function filled(steps: string, etcd = ''): RunResult {
  const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 2 }]
  etcd: { quotaBackendBytes: 512Ki, eventsSeparately: true${etcd} }
  kubelet: { model: hollow, podStart: 1s, nodeStatus: false }
before: [{ apply: web.yaml }]
timeline:
  - { at: 0s, load: closed, clients: 2, verb: patch, resource: configmaps, bytes: 4096, objects: 10, for: 400ms }
${steps}  - { at: 8s, scale: deployment/web, replicas: 20 }
stop: { when: horizon, atMost: 12s }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB }));
}

describe('an etcd without space', () => {
  it('is found at the end, with what is to be done', () => {
    const { summary } = filled('');
    expect(summary.pods.created).toBe(0);
    expect(summary.end.findings[0]).toMatch(/^etcd is full \(NOSPACE\): its file has 5[0-9]{5} bytes of 524288/);
    expect(summary.end.findings[0]).toContain('defragment every member');
    expect(summary.etcd.databaseBytes.max).toBeGreaterThanOrEqual(524288);
    expect(summary.etcd.eventsDatabaseBytes!.max).toBeLessThan(524288);
    expect(summary.etcd.leaderChanges).toBe(0);
  });

  it('takes writes again when it has been compacted, defragmented and disarmed', () => {
    const { summary } = filled('  - { at: 2s, fault: defragment, target: etcd/0, for: 3s }\n');
    expect(summary.pods.created).toBe(17);
    expect(summary.end.findings).toEqual([]);
    expect(summary.etcd.databaseBytes.end).toBeLessThan(summary.etcd.databaseBytes.max / 2);
  });

  it.each([['compact: false'], ['disarm: false']])('does not without one of them: %s', (without) => {
    const { summary } = filled(`  - { at: 2s, fault: defragment, target: etcd/0, for: 3s, ${without} }\n`);
    expect(summary.pods.created).toBeLessThan(2);
    expect(summary.end.findings[0]).toContain('etcd is full');
  });

  it('does only when every member has been defragmented', () => {
    const step = (at: number, member: number): string =>
      `  - { at: ${at}s, fault: defragment, target: etcd/${member}, for: 1s }\n`;
    const some = filled(step(1, 0) + step(3, 1), ', members: 3').summary;
    expect(some.pods.created).toBeLessThan(2);
    const all = filled(step(1, 0) + step(3, 1) + step(5, 2), ', members: 3').summary;
    expect(all.pods.created).toBe(17);
  });
});

describe('a member that is defragmented', () => {
  /** Longest and median time of writes that were made meanwhile. */
  function latency(target: string, cluster: string): { max: number; p50: number } {
    const scenario = `seed: 1
cluster:
  profile: vm-2-core
  nodes: [{ count: 4 }]
${cluster}timeline:
  - { at: 0s, load: closed, clients: 2, verb: create, resource: configmaps, bytes: 512, for: 1200ms }
  - { at: 200ms, fault: defragment, target: ${target}, for: 700ms }
stop: { when: horizon, atMost: 2s }
`;
    const { mutating } = simulate(load({ 'main.yaml': scenario })).summary.hub.latency;
    return { max: mutating.max!, p50: mutating.p50! };
  }

  it('answers nothing until it is done, and then all at once', () => {
    const alone = latency('etcd/0', '');
    expect(alone.max).toBeGreaterThan(0.69);
    expect(alone.max).toBeLessThan(0.8);
    expect(alone.p50).toBeLessThan(0.05);
  });

  it('holds up nobody else if it is a follower', () => {
    expect(latency('etcd/1', '  etcd: { members: 3 }\n').max).toBeLessThan(0.2);
  });

  it('has to be one that there is', () => {
    expect(() => latency('etcd/3', '')).toThrow('there is no etcd/3');
    const text = mistake({
      'main.yaml': 'cluster: {}\ntimeline:\n  - { at: 0s, fault: defragment, target: scheduler/0, for: 1s }\n',
    });
    expect(text).toContain('unknown component "scheduler"');
  });
});
