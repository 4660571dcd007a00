import { describe, expect, test } from 'vitest';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const ZONES = 10;
const LABELS = { app: 'web' };
const SELECTOR = { matchLabels: LABELS };
const ZONE = 'topology.kubernetes.io/zone';

function scenario(pods: number, nodes: number): string {
  const node = 'capacity: { cpu: 4, memory: 32Gi, pods: 110 }';
  const groups = Array.from({ length: ZONES }, (_, i) => `{ count: ${nodes / ZONES}, zone: z${i}, ${node} }`);
  return `
cluster:
  profile: control-plane-64-core
  nodes: [ ${groups.join(', ')} ]
  scheduler: { kubeApiQps: 0 }
  controllerManager: { replicas: 0 }
  kubelet: { model: hollow, nodeStatus: false }
timeline:
  - { at: 0s, apply: pods.yaml, clients: ${Math.min(pods, 100)} }
stop: { when: converged, atMost: 10m }
`;
}

/** Virtual pods a second of a scheduler that has to place many alike: from the first to the last binding. */
function podsPerSecond(pods: number, spec: Partial<PodSpecManifest>, nodes = 5_000): number {
  const requests = { cpu: '100m', memory: '500Mi' };
  const items = Array.from({ length: pods }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${i}`, labels: LABELS },
    spec: { containers: [{ name: 'c', image: 'pause', resources: { requests } }], ...spec },
  }));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const readFile = (path: string): string => (path === 's.yaml' ? scenario(pods, nodes) : list);
  const { boundAt, bound } = simulate(loadScenario('s.yaml', { readFile })).summary.pods;
  expect(bound).toBe(pods);
  return pods / (boundAt.p100! - boundAt.p1! * 0.99);
}

function term(topologyKey: string): object {
  return { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: SELECTOR }] };
}

test('on 64 cores and 30,000 nodes basic pods are placed at 270 to 430 a second (kubernetes-facts D5)', () => {
  const rate = podsPerSecond(1_000, {}, 30_000);
  expect(rate).toBeGreaterThan(270);
  expect(rate).toBeLessThan(430);
});

describe('on 64 cores and 5,000 nodes', () => {
  test('10,000 basic pods are placed at 270 to 500 a second', () => {
    const rate = podsPerSecond(10_000, {});
    expect(rate).toBeGreaterThan(270);
    expect(rate).toBeLessThan(500);
  });

  test('basic pods, spreading, required anti-affinity and required affinity come in the order of scheduler_perf', () => {
    const spread = { maxSkew: 5, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: SELECTOR };
    const basic = podsPerSecond(600, {});
    const spreading = podsPerSecond(600, { topologySpreadConstraints: [spread] });
    const apart = podsPerSecond(600, { affinity: { podAntiAffinity: term('kubernetes.io/hostname') } });
    const together = podsPerSecond(600, { affinity: { podAffinity: term(ZONE) } });
    expect(basic).toBeGreaterThan(2 * spreading);
    expect(spreading).toBeGreaterThan(apart);
    expect(apart).toBeGreaterThan(together);
  });
});
