import { expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { PENDING, PodSpec } from '../../../src/api/pod.js';
import type { PodSpecManifest } from '../../../src/api/pod-manifest.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { imageLocality } from '../../../src/spokes/scheduler/plugins/image-locality.js';

/** The score of the one node there is, which has a model of 523 MiB. */
function score(spec: PodSpecManifest): number {
  const table = new NodeTable();
  const allocatable = resources({});
  const images = [{ names: ['registry/model:v1', 'web:latest'], sizeBytes: 523 * 2 ** 20 }];
  const status = {
    capacity: allocatable,
    allocatable,
    images,
    ready: 'True',
    readyReason: '',
    readySinceNs: 0,
  } as const;
  const meta = ObjectMeta.of({ name: 'n' });
  const node = table.setNode(
    draft(NODE, meta, { unschedulable: false, taints: [] }, { ...status, readyHeartbeatNs: 0 }),
  );
  const shape = new PodShapes().of(spec);
  const pod = draft(POD, ObjectMeta.of({ namespace: 'default', name: 'p' }), new PodSpec(shape, ''), PENDING);
  const scored = imageLocality(table).score!({ pod, kind: table.kinds.of(pod) }, Int32Array.of(node), 1);
  return scored!.score(node);
}

test('an image counts that a container runs, and one that a pod mounts as a volume', () => {
  const mounted = [{ name: 'm', image: { reference: 'registry/model:v1' } }];
  expect(score({ containers: [{ name: 'c', image: 'other' }] })).toBe(0);
  expect(score({ containers: [{ name: 'c', image: 'web' }] })).toBe(51);
  expect(score({ containers: [{ name: 'c', image: 'other' }], volumes: mounted } as PodSpecManifest)).toBe(51);
  expect(score({ containers: [{ name: 'c', image: 'web' }], volumes: mounted } as PodSpecManifest)).toBe(100);
});
