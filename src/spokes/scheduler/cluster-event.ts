import { canonicalJson } from '../../api/canonical-json.js';
import type { Labels } from '../../api/labels.js';
import type { Node } from '../../api/node.js';
import type { ApiObject } from '../../api/object.js';
import type { Pod } from '../../api/pod.js';
import type { Resources } from '../../api/resources.js';

/** Kinds of changes, as bits, so that a plugin can register several at once (kube-scheduler framework ActionType). */
export const ADD = 1;
export const DELETE = 2;
export const UPDATE_NODE_ALLOCATABLE = 4;
export const UPDATE_NODE_LABEL = 8;
export const UPDATE_NODE_TAINT = 16;
export const UPDATE_NODE_CONDITION = 32;
export const UPDATE_NODE_ANNOTATION = 64;
export const UPDATE_POD_LABEL = 256;
export const UPDATE_POD_SCALE_DOWN = 512;
export const UPDATE_POD_TOLERATION = 1024;
export const UPDATE_POD_GATES_ELIMINATED = 2048;
/** An update of a pod that is none of the above. */
export const UPDATE = 8188;

/** Pods are seen from two sides: those already on a node, and the waiting pod itself. */
export type EventResource = 'Node' | 'AssignedPod' | 'UnscheduledPod' | (string & {});

/** Something happened in the cluster that may let a waiting pod in. */
export interface ClusterEvent {
  readonly resource: EventResource;
  readonly action: number;
}

export const NODE_ADD: ClusterEvent = { resource: 'Node', action: ADD };
export const NODE_DELETE: ClusterEvent = { resource: 'Node', action: DELETE };
export const ASSIGNED_POD_ADD: ClusterEvent = { resource: 'AssignedPod', action: ADD };
export const ASSIGNED_POD_DELETE: ClusterEvent = { resource: 'AssignedPod', action: DELETE };
/** Most updates of pods change nothing but a status. */
const ASSIGNED_POD_UPDATES: readonly [ClusterEvent] = [{ resource: 'AssignedPod', action: UPDATE }];
const UNSCHEDULED_POD_UPDATES: readonly [ClusterEvent] = [{ resource: 'UnscheduledPod', action: UPDATE }];
/** Wakes whatever it meets: the pod it names, or every pod if it names none. */
export const WILDCARD: ClusterEvent = { resource: '*', action: ADD };

/** The object of an event before and after; undefined before an add and after a delete. */
export interface Change {
  readonly before: ApiObject | undefined;
  readonly after: ApiObject | undefined;
}

/** `true`: the waiting pod, which the plugin rejected, may fit now (Queue); `false`: it cannot be due to this (QueueSkip). */
export type Hint = (waiting: Pod, change: Change) => boolean;

/** An interest of a plugin in events; without a hint every such event wakes (ClusterEventWithHint). */
export interface WakeRule {
  /** `Pod` stands for both sides. */
  readonly resource: 'Node' | 'Pod' | (string & {});
  readonly actions: number;
  readonly hint?: Hint;
}

/** Whether a rule covers an event: the same or a wider set of actions (framework.MatchClusterEvents). */
export function covers(rule: WakeRule, event: ClusterEvent): boolean {
  const resource = event.resource === 'AssignedPod' || event.resource === 'UnscheduledPod' ? 'Pod' : event.resource;
  if (rule.resource !== resource && rule.resource !== event.resource) return false;
  return (rule.actions & event.action) !== 0 && event.action <= rule.actions;
}

/** What an update of a node can mean for waiting pods (framework.NodeSchedulingPropertiesChange). */
export function nodeChanges(before: Node, after: Node): readonly ClusterEvent[] {
  const events: ClusterEvent[] = [];
  const add = (action: number): void => void events.push({ resource: 'Node', action });
  if (before.spec.unschedulable && !after.spec.unschedulable) add(UPDATE_NODE_TAINT);
  if (
    before.status.allocatable !== after.status.allocatable &&
    !sameResources(before.status.allocatable, after.status.allocatable)
  )
    add(UPDATE_NODE_ALLOCATABLE);
  if (!sameLabels(before.metadata.labels, after.metadata.labels)) add(UPDATE_NODE_LABEL);
  if (
    before.spec.taints !== after.spec.taints &&
    canonicalJson(before.spec.taints) !== canonicalJson(after.spec.taints)
  )
    add(UPDATE_NODE_TAINT);
  if (before.status.ready !== after.status.ready) add(UPDATE_NODE_CONDITION);
  if (!sameLabels(before.metadata.annotations, after.metadata.annotations)) add(UPDATE_NODE_ANNOTATION);
  return events;
}

/** Whether two versions of a node differ only in what no plugin looks at, as heartbeats do. */
export function sameForScheduling(before: Node, after: Node): boolean {
  return (
    before.metadata.labels === after.metadata.labels &&
    before.spec === after.spec &&
    before.status.allocatable === after.status.allocatable
  );
}

/** What an update of a pod can mean for waiting pods (framework.PodSchedulingPropertiesChange). */
export function podChanges(before: Pod, after: Pod): readonly ClusterEvent[] {
  const other = after.spec.nodeName === '' ? UNSCHEDULED_POD_UPDATES : ASSIGNED_POD_UPDATES;
  const [old, now] = [before.spec.shape, after.spec.shape];
  const labelled = before.metadata.labels !== after.metadata.labels;
  if (old === now && !labelled) return other;
  const events: ClusterEvent[] = [];
  const add = (action: number): void => void events.push({ resource: other[0].resource, action });
  if (labelled && !sameLabels(before.metadata.labels, after.metadata.labels)) add(UPDATE_POD_LABEL);
  if (old !== now) {
    if (scaledDown(old.requests, now.requests)) add(UPDATE_POD_SCALE_DOWN);
    if (gateCount(after) === 0 && gateCount(before) !== 0) add(UPDATE_POD_GATES_ELIMINATED);
    if (old.tolerations.length !== now.tolerations.length) add(UPDATE_POD_TOLERATION);
  }
  return events.length === 0 ? other : events;
}

/** Number of scheduling gates of a pod. */
export function gateCount(pod: Pod): number {
  const gates = pod.spec.shape.spec.schedulingGates;
  return Array.isArray(gates) ? gates.length : 0;
}

/** Whether labels (or annotations) are equal. */
export function sameLabels(a: Labels, b: Labels): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function sameResources(a: Resources, b: Resources): boolean {
  return !scaledDown(a, b) && !scaledDown(b, a);
}

/** Whether any amount became less. */
function scaledDown(before: Resources, after: Resources): boolean {
  if (before.milliCpu > after.milliCpu || before.memory > after.memory || before.pods > after.pods) return true;
  if (before.ephemeralStorage > after.ephemeralStorage) return true;
  for (const [name, amount] of before.extended) if (amount > (after.extended.get(name) ?? 0)) return true;
  return false;
}
