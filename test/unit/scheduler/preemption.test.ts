import { expect, test } from 'vitest';
import { NODE, POD } from '../../../src/api/kind.js';
import { ObjectMeta } from '../../../src/api/meta.js';
import { draft } from '../../../src/api/object.js';
import { type Pod, PodSpec, PodStatus } from '../../../src/api/pod.js';
import { PodShapes } from '../../../src/api/pod-shapes.js';
import { resources } from '../../../src/api/resources.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import { PREEMPTED, Preemption } from '../../../src/spokes/scheduler/preemption.js';
import { unschedulable } from '../../../src/spokes/scheduler/rejection.js';

const SHAPES = new PodShapes();

function pod(name: string, priority: number, status: Partial<PodStatus>, deletionTimestampNs?: number): Pod {
  const meta = { namespace: 'default', name, ...(deletionTimestampNs === undefined ? {} : { deletionTimestampNs }) };
  const spec = new PodSpec(SHAPES.of({ containers: [{ name: 'c' }], priority }), '');
  return draft(POD, new ObjectMeta(meta), spec, PodStatus.of({ phase: 'Pending', ...status }));
}

test('waits for victims on the way out, but not where the pod may not go any more', () => {
  const table = new NodeTable();
  const offered = { capacity: resources({}), allocatable: resources({}) };
  const heard = { ready: 'True', readyReason: '', readySinceNs: 0, readyHeartbeatNs: 0 } as const;
  const spec = { unschedulable: false, taints: [] };
  const node = table.setNode(draft(NODE, new ObjectMeta({ name: 'n' }), spec, { ...offered, ...heard }));
  table.place(pod('victim', 0, { reason: PREEMPTED }, 0), 'n');
  const waiting = pod('waiting', 1, { nominatedNodeName: 'n' });
  const pending = { pod: waiting, kind: table.kinds.of(waiting) };
  const preemption = new Preemption(
    table,
    () => undefined,
    () => [],
    { below: () => 0 },
  );
  const full = new Map([[node, unschedulable('NodeResourcesFit', 'Too many pods')]]);
  expect(preemption.ineligible(pending, full)).toBe('not eligible due to a terminating pod on the nominated node.');
  expect(preemption.ineligible(pending, new Map())).toBeUndefined();
});
