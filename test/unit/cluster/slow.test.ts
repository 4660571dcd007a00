import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

function scenario(fault: string): string {
  return `seed: 1
cluster:
  nodes: [{ count: 5 }]
  kubelet: { model: hollow, nodeStatus: false }
timeline: [ { at: 0s, apply: web.yaml }${fault}, { at: 10s, scale: deployment/web, replicas: 40 } ]
`;
}

function grown(fault = ''): Summary {
  return simulate(load({ 'main.yaml': scenario(fault), 'web.yaml': WEB })).summary;
}

describe('a process that is slow', () => {
  const before = grown();

  it.each([
    ['api-server/0', 'kube-apiserver'],
    ['etcd/0', 'etcd'],
    ['scheduler/0', 'kube-scheduler'],
    ['controller-manager/any', 'kube-controller-manager'],
  ])('takes more processor time, and nothing is lost: %s', (target, program) => {
    const slow = grown(`, { at: 5s, fault: slow, target: ${target}, factor: 20 }`);
    expect(slow.end.reason).toBe('converged');
    expect(slow.pods.running).toBe(40);
    expect(slow.cpu[program]! / before.cpu[program]!).toBeGreaterThan(3);
  });

  it('is as before when it is over', () => {
    const passed = grown(', { at: 5s, fault: slow, target: scheduler/0, factor: 20, for: 1s }');
    expect(passed.cpu['kube-scheduler']! / before.cpu['kube-scheduler']!).toBeLessThan(3);
  });

  it('is never faster than before', () => {
    const text = scenario(', { at: 5s, fault: slow, target: scheduler/0, factor: 0.5 }');
    expect(mistake({ 'main.yaml': text, 'web.yaml': WEB })).toContain('timeline[1].factor');
  });
});
