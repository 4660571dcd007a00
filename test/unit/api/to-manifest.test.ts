import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/api/manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { toManifest } from '../../../src/api/to-manifest.js';
import { DEPLOYMENT_TEXT } from './deployment-text.js';

const NODE_TEXT = `apiVersion: v1
kind: Node
metadata: {name: n, labels: {zone: a}}
spec: {unschedulable: true, providerID: x}
status:
  capacity: {cpu: 3900m, memory: 8Gi, pods: "110", example.com/gpu: "2"}
  nodeInfo: {kubeletVersion: v1.36.2}
  images: [{names: [nginx:1], sizeBytes: 5}]
`;

describe('toManifest', () => {
  it('gives back what was read, with the defaults', () => {
    const [deployment] = readManifests(DEPLOYMENT_TEXT, 'a', { shapes: new PodShapes() }).objects;
    expect(toManifest(deployment!)).toMatchObject({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 3,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    });
  });

  it('keeps the fields of a node that the model has no use for', () => {
    const [node] = readManifests(NODE_TEXT, 'a', { shapes: new PodShapes() }).objects;
    expect(toManifest(node!)).toMatchObject({
      spec: { unschedulable: true, providerID: 'x' },
      status: {
        capacity: { cpu: '3900m', memory: '8Gi', pods: '110', 'example.com/gpu': '2' },
        nodeInfo: { kubeletVersion: 'v1.36.2' },
      },
    });
  });

  it('gives what reads as the same object again', () => {
    const shapes = new PodShapes();
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nodeName: n, containers: [{name: c, env: [{name: A, value: b}]}]}\n';
    for (const text of [DEPLOYMENT_TEXT, NODE_TEXT, pod]) {
      const [object] = readManifests(text, 'a', { shapes }).objects;
      const [again] = readManifests(JSON.stringify(toManifest(object!)), 'b', { shapes }).objects;
      expect(again).toEqual(object);
    }
  });

  it('tells times since the epoch, in whole seconds', () => {
    const [node] = readManifests(NODE_TEXT, 'a', { shapes: new PodShapes() }).objects;
    const stored = node!.stamped(7, 9, node!.metadata.with({ creationTimestampNs: 61.5e9 }));
    expect(toManifest(stored).metadata).toMatchObject({
      uid: '7',
      resourceVersion: '9',
      creationTimestamp: '1970-01-01T00:01:01Z',
    });
  });
});
