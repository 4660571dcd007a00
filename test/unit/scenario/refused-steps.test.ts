import { describe, expect, test } from 'vitest';
import type { InputError } from '../../../src/api/input-error.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from './scenario-files.js';

const scenario = (nodes: number, steps: readonly string[]): Readonly<Record<string, string>> => ({
  'main.yaml': `cluster: { profile: ideal, nodes: [ { count: ${nodes} } ], kubelet: { model: hollow, podStart: 1s } }
timeline:
${steps.map((step) => `  - ${step}`).join('\n')}
stop: { when: converged, atMost: 30m }
`,
  'web.yaml': WEB,
  'node.yaml': `apiVersion: v1
kind: Node
metadata: { name: late }
status: { allocatable: { cpu: 4, memory: 8Gi, pods: 110 } }
`,
});
const ran = (nodes: number, steps: readonly string[]) => simulate(load(scenario(nodes, steps))).summary;

const APPLY = '{ at: 0s, apply: web.yaml }';

describe('a step that the API server refuses', () => {
  test('for what the object would become is told with its place, and the run goes on', () => {
    const { end } = ran(3, [
      APPLY,
      '{ at: 5s, patch: deployment/web, with: { spec: { template: { metadata: { labels: { app: other } } } } } }',
      '{ at: 9s, scale: deployment/web, replicas: 4 }',
    ]);
    expect(end.reason).toBe('converged');
    expect(end.findings).toHaveLength(1);
    expect(end.findings[0]).toMatch(/^patch deployments default\/web: 422 Invalid: main\.yaml:4:5: spec/);
  });

  test('for a container that is not there is told so too', () => {
    const { end } = ran(3, [APPLY, '{ at: 5s, set-image: deployment/web, images: { db: "db:2" } }']);
    expect(end.findings.join()).toContain(
      '422 Invalid: main.yaml:4:5: timeline[1]: there is no container db; there is web',
    );
  });

  test('is a mistake in the file where no object of its kind could take it', () => {
    const wrong = '{ at: 5s, patch: deployment/web, with: { spec: { replicas: three, paused: null } } }';
    expect(mistake(scenario(3, [APPLY, wrong]))).toMatch(/^main\.yaml:4:64: timeline\[1\]\.with\.spec\.replicas: /);
  });
});

describe('a fault of what there is not', () => {
  const refusal = (step: string): string => {
    try {
      ran(3, [APPLY, step]);
    } catch (error) {
      return (error as InputError).format();
    }
    return '';
  };

  test.each([
    ['node-crash, nodes: { zone: z }', 'there is no such node: zone z; write a zone or labels that nodes'],
    ['node-crash, nodes: { any: 1, labels: { pool: spot } }', 'there is no such node: any 1 nodes'],
    ['node-crash, nodes: [ node-7 ]', 'there is no node node-7; the 3 nodes are node-0000, node-0001, node-0002'],
    ['watch-drop, target: schedler, resource: pods', 'no program schedler that watches pods; allowed: '],
  ])('is a mistake with its place: %s', (fault, message) => {
    const told = refusal(`{ at: 5s, fault: ${fault} }`);
    expect(told).toMatch(/^main\.yaml:4:5: timeline\[1\]: /);
    expect(told).toContain(message);
  });

  test.each(['{ zone: "a b" }', '{ any: 1, zone: "a b" }', '{ labels: { pool: "a b" } }'])(
    'names no node by labels that none can have: %s',
    (nodes) => {
      expect(refusal(`{ at: 5s, fault: node-crash, nodes: ${nodes} }`)).toMatch(
        /^main\.yaml:4:\d+: timeline\[1\]\.nodes\S*: .* must be empty or consist of letters/,
      );
    },
  );

  test('may call a program as faults of processes do', () => {
    expect(refusal('{ at: 5s, fault: watch-drop, target: scheduler, resource: pods }')).toBe('');
  });
});

describe('pods for which there is no node at all', () => {
  test('are tried for ever, and the run is stuck', () => {
    const { end } = ran(0, [APPLY]);
    expect(end.reason).toBe('stuck');
    expect(end.findings).toContain('3 pods unschedulable: no nodes available to schedule pods');
    expect(end.virtualSeconds).toBeLessThan(60);
  });

  test('are placed when one comes', () => {
    const { end, pods } = ran(0, [APPLY, '{ at: 95s, apply: node.yaml }']);
    expect(end.reason).toBe('converged');
    expect(pods.running).toBe(3);
  });
});
