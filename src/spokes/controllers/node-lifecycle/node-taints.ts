import type { Node } from '../../../api/node.js';
import type { ApiObject } from '../../../api/object.js';
import type { Patch } from '../../../api/patch.js';
import type { Taint, TaintEffect } from '../../../api/taint.js';

export const UNREACHABLE = 'node.kubernetes.io/unreachable';
export const NOT_READY = 'node.kubernetes.io/not-ready';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const MEMORY_PRESSURE = 'node.kubernetes.io/memory-pressure';
const DISK_PRESSURE = 'node.kubernetes.io/disk-pressure';
const PID_PRESSURE = 'node.kubernetes.io/pid-pressure';

/** Keys of the NoSchedule taints that the controller sets and takes away. */
const MANAGED_KEYS: ReadonlySet<string> = new Set([
  UNREACHABLE,
  NOT_READY,
  UNSCHEDULABLE,
  MEMORY_PRESSURE,
  DISK_PRESSURE,
  PID_PRESSURE,
]);

export function hasTaint(node: Node, key: string, effect: TaintEffect): boolean {
  return node.spec.taints.some((taint) => taint.key === key && taint.effect === effect);
}

/** Taints to add to a node and to take away. */
export interface TaintChange {
  readonly add: readonly Taint[];
  readonly remove: readonly Taint[];
}

/** What is to change so that the NoSchedule taints say what the node's condition and spec say. */
export function noScheduleChange(node: Node, nowNs: number): TaintChange {
  const wanted = new Set<string>();
  if (node.status.ready === 'False') wanted.add(NOT_READY);
  if (node.status.ready === 'Unknown') wanted.add(UNREACHABLE);
  if (node.spec.unschedulable) wanted.add(UNSCHEDULABLE);
  // Of a node that nobody hears of, nothing else is known either.
  const { ready, memoryPressure = false, diskPressure = false, pidPressure = false } = node.status;
  if (memoryPressure && ready !== 'Unknown') wanted.add(MEMORY_PRESSURE);
  if (diskPressure && ready !== 'Unknown') wanted.add(DISK_PRESSURE);
  if (pidPressure && ready !== 'Unknown') wanted.add(PID_PRESSURE);
  const managed = node.spec.taints.filter(({ key, effect }) => effect === 'NoSchedule' && MANAGED_KEYS.has(key));
  const missing = [...wanted].filter((key) => !managed.some((taint) => taint.key === key));
  return {
    add: missing.map((key) => newTaint(key, 'NoSchedule', nowNs)),
    remove: managed.filter(({ key }) => !wanted.has(key)),
  };
}

export function newTaint(key: string, effect: TaintEffect, timeAddedNs: number): Taint {
  return { key, value: '', effect, timeAddedNs };
}

/** Adds taints that the node lacks, or takes away those it has. */
export class TaintPatch implements Patch {
  private readonly change: TaintChange;

  constructor(change: TaintChange) {
    this.change = change;
  }

  apply(current: ApiObject): ApiObject {
    const node = current as Node;
    const taints = changedTaints(node.spec.taints, this.change);
    return taints === node.spec.taints ? node : node.withSpec({ ...node.spec, taints });
  }
}

/** The taints after a change; the same list when it changes nothing. */
export function changedTaints(taints: readonly Taint[], { add, remove }: TaintChange): readonly Taint[] {
  const missing = add.filter((taint) => !taints.some((each) => isSame(each, taint)));
  const kept = taints.filter((taint) => !remove.some((each) => isSame(each, taint)));
  return missing.length === 0 && kept.length === taints.length ? taints : [...kept, ...missing];
}

function isSame(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}
