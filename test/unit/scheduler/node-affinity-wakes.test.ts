import { expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import type { Labels } from '../../../src/api/labels.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { ApiObject } from '../../../src/api/object.js';
import { PENDING, PodSpec } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { nodeAffinity } from '../../../src/spokes/scheduler/plugins/node-affinity.js';

type Requirement = { key: string; operator: string; values: string[] };

function required(...matchExpressions: Requirement[]) {
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } };
}

function labelled(labels: Labels): Node {
  const allocatable = resources({});
  const status = { capacity: allocatable, allocatable, ready: 'True', readyReason: '', readySinceNs: 0 } as const;
  const meta = ObjectMeta.of({ name: 'n', labels });
  return new ApiObject(NODE, 1, 1, meta, { unschedulable: false, taints: [] }, { ...status, readyHeartbeatNs: 0 });
}

/** Whether a new node of these labels wakes a pod of this affinity, where `added` holds for all pods. */
function wakes(labels: Labels, affinity: ReturnType<typeof required>, added?: ReturnType<typeof required>): boolean {
  const shape = new PodShapes().of({ containers: [{ name: 'c', image: 'i' }], affinity: { nodeAffinity: affinity } });
  const meta = ObjectMeta.of({ namespace: 'default', name: 'p' });
  const pod = new ApiObject(POD, 2, 1, meta, new PodSpec(shape, ''), PENDING);
  const [rule] = nodeAffinity(new NodeTable(), added).wakes!;
  return rule!.hint!(pod, { before: undefined, after: labelled(labels) });
}

const fast = { key: 'disk', operator: 'In', values: ['ssd'] };
const many = { key: 'cores', operator: 'Gt', values: ['many'] };

test('a new node wakes the pods it matches, and those with an affinity that cannot be read', () => {
  expect(wakes({ disk: 'ssd' }, required(fast))).toBe(true);
  expect(wakes({ disk: 'hdd' }, required(fast))).toBe(false);
  expect(wakes({ disk: 'hdd' }, required(fast, many))).toBe(true);
});

test('a new node wakes nobody if it does not match the affinity that all pods have', () => {
  const here = required({ key: 'room', operator: 'In', values: ['1'] });
  expect(wakes({ disk: 'ssd', room: '1' }, required(fast), here)).toBe(true);
  expect(wakes({ disk: 'ssd', room: '2' }, required(fast), here)).toBe(false);
});
