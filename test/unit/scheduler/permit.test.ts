import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../src/api/pod.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';
import type { CustomPlugin } from '../../../src/spokes/scheduler/custom-plugin.js';
import { unschedulable } from '../../../src/spokes/scheduler/rejection.js';

/** Pods of a gang are bound together, when all `size` of them have a node, or not at all after 5 s. */
function gangs(size: number, waitNs = 5e9): CustomPlugin {
  return {
    make: (_cluster, waiting) => ({
      name: 'Gangs',
      reach: 'cluster',
      permit() {
        const others = [...waiting.pods()];
        if (others.length + 1 < size) return { waitNs };
        for (const { pod } of others) waiting.allow(pod.id, 'Gangs');
        return undefined;
      },
    }),
  };
}

function pod(name: string): string {
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { containers: [{ name: c, image: i, resources: { requests: { cpu: 1 } } }] } }\n`;
}

function run(steps: string, plugin: CustomPlugin): RunResult {
  const files: Readonly<Record<string, string>> = {
    's.yaml': `
cluster:
  profile: ideal
  nodes: [ { count: 2, capacity: { cpu: 2, memory: 8Gi, pods: 110 } } ]
  kubelet: { model: hollow }
timeline:
${steps}
stop: { when: converged, atMost: 20s }
`,
    'two.yaml': [pod('a'), pod('b')].join('---\n'),
    'third.yaml': pod('c'),
  };
  const scenario = loadScenario('s.yaml', { readFile: (path) => files[path]! });
  return simulate(scenario, { schedulerPlugins: [plugin] });
}

const TWO = '  - { at: 0s, apply: two.yaml }';

describe('a Permit plugin', () => {
  it('holds pods that have their nodes until it allows them', () => {
    const { summary } = run(`${TWO}\n  - { at: 3s, apply: third.yaml }`, gangs(3));
    expect(summary.pods.bound).toBe(3);
    expect(summary.pods.boundAt.p1).toBe(3);
    expect(summary.pods.boundAt.p100).toBe(3);
  });

  it('lets them go when the time it gave them is over, with the words of Kubernetes', () => {
    const { summary } = run(TWO, gangs(3));
    expect(summary.pods.bound).toBe(0);
    expect(summary.end.findings[0]).toContain(
      '0/1 nodes are available: 1 rejected due to timeout after waiting 5s at plugin Gangs.',
    );
  });

  it('rejects a pod, whose room is free again for others', () => {
    const NOT_A = unschedulable('Picky', 'a is not wanted');
    const picky: CustomPlugin = {
      make: () => ({
        name: 'Picky',
        reach: 'cluster',
        permit: ({ metadata }: Pod) => (metadata.name === 'a' ? { rejects: NOT_A } : undefined),
      }),
    };
    const { summary } = run(`${TWO}\n  - { at: 1s, apply: third.yaml }`, picky);
    expect(summary.pods.bound).toBe(2);
    expect(summary.end.findings).toContain('1 pod unschedulable: 0/1 nodes are available: 1 a is not wanted.');
  });

  it('forgets a waiting pod that is deleted', () => {
    const { summary } = run(`${TWO}\n  - { at: 2s, delete: pod/a }\n  - { at: 3s, apply: third.yaml }`, gangs(2, 60e9));
    expect(summary.pods.bound).toBe(2);
  });
});
