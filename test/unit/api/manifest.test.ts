import { describe, expect, it } from 'vitest';
import { KindRegistry } from '../../../src/api/kind-registry.js';
import { type Manifests, readManifests } from '../../../src/api/manifest.js';
import type { Node } from '../../../src/api/node.js';
import type { Pod } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Deployment } from '../../../src/api/workload.js';
import { DEPLOYMENT_TEXT } from './deployment-text.js';

const read = (text: string, shapes: PodShapes = new PodShapes()): Manifests =>
  readManifests(text, 'a.yaml', { shapes });

const pod = (name: string, cpu: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: c\n    resources:\n      requests:\n        cpu: ${cpu}\n`;

describe('readManifests', () => {
  it('reads a Deployment with the defaults of the API server', () => {
    const [deployment] = read(DEPLOYMENT_TEXT).objects as Deployment[];
    expect(deployment).toMatchObject({ id: -1, revision: 0, metadata: { name: 'web', namespace: 'default' } });
    expect(deployment?.spec).toMatchObject({
      replicas: 3,
      strategy: 'RollingUpdate',
      maxSurge: '25%',
      maxUnavailable: '25%',
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      paused: false,
      selector: { matchLabels: { app: 'web' } },
      template: { labels: { app: 'web' }, shape: { requests: { milliCpu: 100 } } },
    });
  });

  it('reads many documents in order, skipping empty ones', () => {
    const text = ['# first\n', pod('a', '1'), '', pod('b', '2'), '# only a comment\n'].join('---\n');
    expect(read(text).objects.map((object) => object.metadata.name)).toEqual(['a', 'b']);
  });

  it('shares the shape of pods that are alike, and their labels', () => {
    const shapes = new PodShapes();
    const [a, b, c] = read([pod('a', '1'), pod('b', '1000m'), pod('c', '2')].join('---\n'), shapes).objects as Pod[];
    expect(a?.spec.shape).toBe(b?.spec.shape);
    expect(a?.metadata.labels).toBe(b?.metadata.labels);
    expect(c?.spec.shape).not.toBe(a?.spec.shape);
    expect(shapes.all).toHaveLength(2);
  });

  it('reads lists of any kind and lists of one kind', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }],
    };
    expect(read(JSON.stringify(list)).objects[0]).toMatchObject({
      kind: { name: 'Namespace' },
      status: { phase: 'Active' },
    });
    const pods = {
      apiVersion: 'v1',
      kind: 'PodList',
      items: [{ metadata: { name: 'p' }, spec: { containers: [{ name: 'c' }] } }],
    };
    expect(read(JSON.stringify(pods)).objects[0]?.kind.name).toBe('Pod');
  });

  it('reads a node; what it can allocate is its capacity unless it says otherwise', () => {
    const text = `apiVersion: v1
kind: Node
metadata: {name: n, labels: {zone: a}}
spec: {providerID: x, taints: [{key: gpu, effect: NoSchedule}]}
status:
  capacity: {cpu: 4, memory: 8Gi, pods: "110", example.com/gpu: 2}
  nodeInfo: {kubeletVersion: v1.36.2}
`;
    const [node] = read(text).objects as Node[];
    expect(node?.metadata.namespace).toBe('');
    expect(node?.spec.taints).toEqual([{ key: 'gpu', value: '', effect: 'NoSchedule' }]);
    expect(node?.status.capacity).toMatchObject({ milliCpu: 4000, memory: 2 ** 33, pods: 110 });
    expect(node?.status.capacity.extended).toEqual(new Map([['example.com/gpu', 2]]));
    expect(node?.status.allocatable).toBe(node?.status.capacity);
    expect(node?.extra).toEqual({ spec: { providerID: 'x' }, status: { nodeInfo: { kubeletVersion: 'v1.36.2' } } });
  });

  it('keeps all fields of kinds it has no types for', () => {
    const kinds = new KindRegistry([{ group: 'restaurant.example', version: 'v1', name: 'Order', resource: 'orders' }]);
    const text = 'apiVersion: restaurant.example/v1\nkind: Order\nmetadata: {name: o}\nspec: {dish: soup}\ntable: 7\n';
    const { objects, warnings } = readManifests(text, 'o.yaml', { shapes: new PodShapes(), kinds });
    expect(objects[0]).toMatchObject({ spec: { dish: 'soup' }, extra: { table: 7 } });
    expect(warnings).toEqual([]);
  });

  it('understands anchors, merge keys, comments, block scalars, byte order marks and line ends of Windows', () => {
    const text = `\uFEFF%YAML 1.2
--- # a comment
apiVersion: v1
kind: ConfigMap
metadata: &m
  name: c
  labels: {<<: {a: b}, c: d}
data:
  text: |
    one
    ---
...
`.replaceAll('\n', '\r\n');
    const [object] = read(text).objects;
    expect(object?.metadata.labels).toEqual({ a: 'b', c: 'd' });
    expect(object?.extra).toEqual({ data: { text: 'one\n---\n' } });
  });

  it('takes the null of a field for its absence', () => {
    const text = DEPLOYMENT_TEXT.replace('  replicas: 3', '  replicas: null\n  paused: null\n  strategy:');
    expect((read(text).objects[0] as Deployment).spec).toMatchObject({ replicas: 1, paused: false, maxSurge: '25%' });
  });

  it('gives nothing for an empty file', () => {
    expect(read('')).toEqual({ objects: [], sources: [], warnings: [] });
    expect(read('# nothing\n---\n').objects).toEqual([]);
  });
});
