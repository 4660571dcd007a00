import { canonicalJson } from '../../../api/canonical-json.js';
import type { Selector } from '../../../api/label-selector.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import {
  ADD,
  DELETE,
  sameLabels,
  UPDATE_NODE_LABEL,
  UPDATE_NODE_TAINT,
  UPDATE_POD_LABEL,
  UPDATE_POD_TOLERATION,
  type WakeRule,
} from '../cluster-event.js';
import { type SpreadConstraintManifest, selectorOf, statedConstraints } from './spread-constraint.js';

/** The constraints that can have rejected a waiting pod. */
function hardConstraints(waiting: Pod): readonly SpreadConstraintManifest[] {
  return statedConstraints(waiting.spec.shape).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
}

/** Whether a pod can count for the waiting pod: itself, or a pod with a node in its namespace. */
function isInvolved(pod: Pod, waiting: Pod): boolean {
  if (pod.id === waiting.id) return true;
  if (pod.spec.nodeName === '' && pod.status.nominatedNodeName === '') return false;
  return pod.metadata.namespace === waiting.metadata.namespace;
}

function podHelps(waiting: Pod, before: Pod | undefined, after: Pod | undefined): boolean {
  for (const pod of [before, after]) if (pod !== undefined && !isInvolved(pod, waiting)) return false;
  const constraints = hardConstraints(waiting);
  const selectors = constraints.map((constraint) => selectorOf(constraint, waiting.metadata.labels));
  if (before === undefined || after === undefined) {
    const { labels } = (before ?? after)!.metadata;
    return selectors.some((selector) => selector.matches(labels));
  }
  if (after.id === waiting.id && tolerationsDiffer(before, after)) {
    if (constraints.some(({ nodeTaintsPolicy }) => nodeTaintsPolicy === 'Honor')) return true;
  }
  if (sameLabels(before.metadata.labels, after.metadata.labels)) return false;
  const counts = (selector: Selector, pod: Pod): boolean => selector.matches(pod.metadata.labels);
  return selectors.some((selector) => counts(selector, before) !== counts(selector, after));
}

function tolerationsDiffer(before: Pod, after: Pod): boolean {
  return canonicalJson(before.spec.shape.tolerations) !== canonicalJson(after.spec.shape.tolerations);
}

function nodeHelps(waiting: Pod, before: Node | undefined, after: Node | undefined): boolean {
  const keys = hardConstraints(waiting).map(({ topologyKey }) => topologyKey);
  const hasAll = (node: Node): boolean => keys.every((key) => Object.hasOwn(node.metadata.labels, key));
  if (before === undefined || after === undefined) return hasAll((before ?? after)!);
  if (hasAll(before) !== hasAll(after)) return true;
  if (!hasAll(after)) return false;
  if (keys.some((key) => before.metadata.labels[key] !== after.metadata.labels[key])) return true;
  return canonicalJson(before.spec.taints) !== canonicalJson(after.spec.taints);
}

/** Events that may let in a pod rejected for skew (podtopologyspread EventsToRegister). */
export const SPREAD_WAKES: readonly WakeRule[] = [
  {
    resource: 'Pod',
    actions: ADD | UPDATE_POD_LABEL | UPDATE_POD_TOLERATION | DELETE,
    hint: (waiting, { before, after }) => podHelps(waiting, before as Pod | undefined, after as Pod | undefined),
  },
  {
    resource: 'Node',
    actions: ADD | DELETE | UPDATE_NODE_LABEL | UPDATE_NODE_TAINT,
    hint: (waiting, { before, after }) => nodeHelps(waiting, before as Node | undefined, after as Node | undefined),
  },
];
