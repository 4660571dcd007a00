import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../scenario/scenario-files.js';

function grown(cluster: string): Summary {
  const scenario = `seed: 1
cluster:
${cluster}  nodes: [{ count: 5 }]
  kubelet: { model: hollow, nodeStatus: false }
before: [{ apply: web.yaml }]
timeline: [{ at: 0s, scale: deployment/web, replicas: 60 }]
stop: { when: converged, atMost: 10m }
`;
  return simulate(load({ 'main.yaml': scenario, 'web.yaml': WEB })).summary;
}

describe('the machines of a run', () => {
  it('are each as busy as the programs on it', () => {
    const { hosts, cpu, end } = grown('  profile: vm-2-core\n  apiServer: { replicas: 3 }\n  etcd: { members: 3 }\n');
    expect(hosts.map(({ host, cores }) => [host, cores])).toEqual([
      ['vm', 2],
      ['vm/1', 2],
      ['vm/2', 2],
    ]);
    for (const component of ['kube-apiserver', 'etcd']) {
      const parts = hosts.map((host) => host.cpu[component]!);
      expect(parts.every((part) => part > 0)).toBe(true);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(cpu[component]!, 9);
    }
    // One scheduler, on the first machine.
    expect(hosts.map((host) => host.cpu['kube-scheduler'] !== undefined)).toEqual([true, false, false]);
    for (const { busy, cpu: own } of hosts) {
      const sum = Object.values(own).reduce((all, part) => all + part, 0);
      expect(busy).toBeCloseTo(sum / (2 * end.virtualSeconds), 12);
    }
  });

  it('have no share that is busy where they never wait for a core', () => {
    const { hosts } = grown('  profile: ideal\n');
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.every(({ cores, busy }) => cores === null && busy === null)).toBe(true);
  });
});
