import type { Pod } from '../../../api/pod.js';
import { claimNamesOf } from '../../../api/pod-claims.js';
import { ADD, type Hint, UPDATE, UPDATE_NODE_LABEL, type WakeRule } from '../cluster-event.js';

/** A claim that the waiting pod uses came or changed. */
const itsClaim: Hint = (waiting, { after }) =>
  after !== undefined &&
  after.metadata.namespace === waiting.metadata.namespace &&
  claimNamesOf(waiting.spec.shape).includes(after.metadata.name);

export const CLAIM_ADDED: WakeRule = { resource: 'PersistentVolumeClaim', actions: ADD, hint: itsClaim };
const CLAIM_CHANGED: WakeRule = { resource: 'PersistentVolumeClaim', actions: ADD | UPDATE, hint: itsClaim };

/** Events that may let in a pod whose volumes are elsewhere or missing. */
export const VOLUME_WAKES: readonly WakeRule[] = [
  CLAIM_CHANGED,
  { resource: 'PersistentVolume', actions: ADD | UPDATE },
  { resource: 'StorageClass', actions: ADD | UPDATE },
  { resource: 'Node', actions: ADD | UPDATE_NODE_LABEL },
];

/** Whether two pods use a claim in common. */
export function shareClaim(a: Pod, b: Pod): boolean {
  if (a.metadata.namespace !== b.metadata.namespace) return false;
  const names = claimNamesOf(b.spec.shape);
  return claimNamesOf(a.spec.shape).some((name) => names.includes(name));
}
