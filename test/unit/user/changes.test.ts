import { describe, expect, test } from 'vitest';

import { readManifests } from '../../../src/api/manifest.js';
import type { Node } from '../../../src/api/node.js';
import type { ApiObject } from '../../../src/api/object.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import type { Deployment } from '../../../src/api/workload.js';
import { parseTaintChange } from '../../../src/scenario/taint.js';
import { Cordon } from '../../../src/spokes/user/cordon.js';
import { ImageChange } from '../../../src/spokes/user/image-change.js';
import { MetadataChange } from '../../../src/spokes/user/metadata-change.js';
import { WEB } from '../scenario/scenario-files.js';

const NODE_TEXT = `apiVersion: v1
kind: Node
metadata: { name: n, labels: { a: "1" } }
spec: { taints: [ { key: old, value: x, effect: NoSchedule }, { key: old, effect: NoExecute } ] }
`;
const shapes = new PodShapes();
const read = (text: string): ApiObject => readManifests(text, 'test.yaml', { shapes }).objects[0]!;
const node = read(NODE_TEXT) as Node;
const web = read(WEB) as Deployment;

describe('what kubectl changes', () => {
  test('taints of the same key and effect are replaced, and new ones come first', () => {
    const after = parseTaintChange(['old=y:NoSchedule', 'new:NoExecute']).apply(node) as Node;
    expect(after.spec.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`)).toEqual([
      'old=y:NoSchedule',
      'new=:NoExecute',
      'old=:NoExecute',
    ]);
  });

  test('a taint is taken away by key, or by key and effect', () => {
    expect((parseTaintChange(['old-']).apply(node) as Node).spec.taints).toEqual([]);
    expect((parseTaintChange(['old:NoExecute-']).apply(node) as Node).spec.taints).toMatchObject([
      { effect: 'NoSchedule' },
    ]);
    expect(parseTaintChange(['other-']).apply(node)).toBe(node);
  });

  test('a cordon that changes nothing gives the same version', () => {
    expect(new Cordon(false).apply(node)).toBe(node);
    expect((new Cordon(true).apply(node) as Node).spec.unschedulable).toBe(true);
  });

  test('labels are set and taken away', () => {
    const after = new MetadataChange('labels', { a: null, b: '2' }).apply(node);
    expect(after.metadata.labels).toEqual({ b: '2' });
    expect(new MetadataChange('labels', { a: '1', c: null }).apply(node)).toBe(node);
  });

  test('an image changes by the name of its container, or everywhere', () => {
    const imagesOf = (images: Record<string, string>) =>
      (new ImageChange(images, shapes).apply(web) as Deployment).spec.template.shape.images;
    expect(imagesOf({ web: 'web:2' })).toEqual(['web:2']);
    expect(imagesOf({ '*': 'web:3' })).toEqual(['web:3']);
    expect(new ImageChange({ web: 'web:1' }, shapes).apply(web)).toBe(web);
    expect(() => imagesOf({ sidecar: 'x' })).toThrow('there is no container sidecar');
  });
});
