import { describe, expect, test } from 'vitest';
import { AT_CONVERGED } from '../../../src/scenario/steps/step.js';
import { load, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';

describe('loadScenario', () => {
  test('fills in everything that a minimal scenario leaves out', () => {
    const scenario = load({ 'main.yaml': NODES });
    expect(scenario.name).toBe('main');
    expect(scenario.seed).toBe(1);
    expect(scenario.stop).toEqual({ when: 'converged', atMostNs: 3600e9 });
    expect(scenario.cluster.kubernetesMinor).toBe(36);
    expect(scenario.cluster.profile).toBe('vm-2-core');
    expect(scenario.cluster.scheduler.kubeApiQps).toBe(50);
    expect(scenario.cluster.controllerManager).toMatchObject({ kubeApiQps: 20, kubeApiBurst: 30 });
    expect(scenario.cluster.kubelet.model).toBe('kubelet');
    expect(scenario.cluster.nodes).toMatchObject([
      { source: 'count', count: 3, zone: '', capacity: { milliCpu: 32000, memory: 128 * 2 ** 30, pods: 110 } },
    ]);
  });

  test('takes the defaults of the Kubernetes minor', () => {
    const of = (version: string) =>
      load({ 'main.yaml': `cluster: { kubernetes: "${version}", nodes: [{ count: 0 }] }` });
    expect(of('1.31').cluster.controllerManager.nodeMonitorGracePeriodNs).toBe(40e9);
    expect(of('1.32').cluster.controllerManager.nodeMonitorGracePeriodNs).toBe(50e9);
  });

  test('reads durations, quantities, taints and zones', () => {
    const { cluster } = load({
      'main.yaml': `cluster:
  nodes: [ { count: 2, zone: a, capacity: { cpu: 500m, memory: 1Gi, nvidia.com/gpu: 4 }, taints: ["gpu=yes:NoSchedule", "x:NoExecute"] } ]
  controllerManager: { nodeMonitorGracePeriod: 1m30s }
`,
    });
    expect(cluster.controllerManager.nodeMonitorGracePeriodNs).toBe(90e9);
    const [group] = cluster.nodes;
    expect(group).toMatchObject({
      zone: 'a',
      capacity: { milliCpu: 500, memory: 2 ** 30, pods: 110 },
      taints: [
        { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
        { key: 'x', value: '', effect: 'NoExecute' },
      ],
    });
    expect(group?.source === 'count' && group.capacity.extended.get('nvidia.com/gpu')).toBe(4);
  });

  test('understands a distribution in a flow mapping, whose comma YAML takes for the end', () => {
    const { cluster } = load({
      'main.yaml': `cluster:
  nodes: [ { count: 1 } ]
  etcd: { fsync: lognormal(p50=1ms, p99=5ms) }
  kubelet: { model: kubelet, podStart: lognormal(p50=1.2s, p99=4s), nodeStatus: false }
`,
    });
    expect(cluster.etcd.fsync?.text).toContain('p99=5ms');
    expect(cluster.kubelet.podStart.text).toContain('p99=4s');
    expect(cluster.kubelet.nodeStatus).toBe(false);
  });

  test('reads the steps of the timeline', () => {
    const { timeline } = load({
      'web.yaml': WEB,
      'main.yaml': `${NODES}timeline:
  - { at: 0s, apply: web.yaml, clients: 4 }
  - { at: 5s, scale: deploy/web, replicas: 7 }
  - { at: 10s, patch: deployment/web, namespace: shop, with: { spec: { replicas: 2 } } }
  - { at: 1m, fault: node-crash, nodes: { zone: a }, for: 10m }
  - { at: 1m, fault: node-crash, nodes: [node-0001] }
  - { at: converged, delete: namespace/shop }
`,
    });
    expect(timeline.map(({ action, atNs }) => [action.text, atNs])).toEqual([
      ['apply deployment/web', 0],
      ['scale deployment/web to 7', 5e9],
      ['change deployment/web', 10e9],
      ['node-crash: zone a', 60e9],
      ['node-crash: node-0001', 60e9],
      ['delete namespace/shop', AT_CONVERGED],
    ]);
    const actions = timeline.map(({ action }) => action);
    expect(actions[0]).toMatchObject({ clients: 4, objects: [{ metadata: { name: 'web' } }] });
    expect(actions[1]).toMatchObject({ target: { namespace: 'default', name: 'web', kind: { name: 'Deployment' } } });
    expect(actions[2]).toMatchObject({ target: { namespace: 'shop' } });
    expect(actions[3]).toMatchObject({ nodes: { by: 'zone', zone: 'a' }, forNs: 600e9 });
    expect(actions[4]).toMatchObject({ nodes: { by: 'name', names: ['node-0001'] }, forNs: -1 });
    expect(actions[5]).toMatchObject({ target: { namespace: '', name: 'shop' } });
    expect(timeline[5]).toMatchObject({ place: { line: 8 } });
  });

  test('puts the steps of another scenario in the place of its name', () => {
    const { before } = load({
      'dir/web.yaml': WEB,
      'dir/other.yaml': `${NODES}before: [ { apply: web.yaml } ]\ntimeline: [ { at: 3s, scale: deployment/web, replicas: 5 } ]\n`,
      'main.yaml': `${NODES}before:\n  - scenario: dir/other.yaml\n  - { scale: deployment/web, replicas: 9 }\n`,
    });
    expect(before.map(({ action, atNs }) => [action.text, atNs])).toEqual([
      ['apply deployment/web', 0],
      ['scale deployment/web to 5', 0],
      ['scale deployment/web to 9', 0],
    ]);
  });

  test('puts a scenario around a bare manifest and says so', () => {
    const scenario = load({ 'main.yaml': WEB });
    expect(scenario.timeline).toMatchObject([{ action: { objects: [{ metadata: { name: 'web' } }] }, atNs: 0 }]);
    expect(scenario.cluster.nodes).toMatchObject([{ count: 10 }]);
    expect(scenario.warnings[0]).toContain('is a manifest, not a scenario');
  });

  test('accepts a hub without nodes when it is written', () => {
    expect(load({ 'main.yaml': 'cluster: { nodes: [ { count: 0 } ] }' }).cluster.nodes).toHaveLength(1);
  });
});

test('namespaces that no manifest makes are made before everything else', () => {
  const inShop = WEB.replace('{ name: web }', '{ name: web, namespace: shop }');
  const main = `${NODES}before: [ { apply: web.yaml } ]\n`;
  const { before } = load({ 'main.yaml': main, 'web.yaml': inShop });
  expect(before).toMatchObject([
    { action: { objects: [{ kind: { name: 'Namespace' }, metadata: { name: 'shop' } }] } },
    {},
  ]);
  const made = `${inShop}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n`;
  expect(load({ 'main.yaml': main, 'web.yaml': made }).before).toHaveLength(1);
  expect(load({ 'main.yaml': main, 'web.yaml': WEB }).before).toHaveLength(1);
});
