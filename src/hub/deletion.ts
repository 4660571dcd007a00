import type { DeleteOptions } from '../api/call.js';
import { DELETE_DEPENDENTS, NAMESPACE_CONTENT, ORPHAN_DEPENDENTS } from '../api/finalizers.js';
import { NAMESPACE, POD } from '../api/kind.js';
import type { ObjectMeta } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';

const FINALIZERS = { Foreground: DELETE_DEPENDENTS, Orphan: ORPHAN_DEPENDENTS, Background: '' } as const;

/**
 * Seconds an object may take to end. Only pods have grace, and none while they run nowhere or have finished
 * (registry/core/pod/strategy.go CheckGracefulDelete); a later delete may only shorten it.
 */
export function graceSecondsOf(object: ApiObject, options: DeleteOptions): number {
  if (object.kind !== POD) return 0;
  const pod = object as Pod;
  const phase = pod.status.phase;
  if (pod.spec.nodeName === '' || phase === 'Succeeded' || phase === 'Failed') return 0;
  const asked = options.gracePeriodSeconds ?? pod.spec.shape.terminationGracePeriodSeconds;
  if (!pod.metadata.deleting) return asked;
  return Math.min(asked, pod.metadata.deletionGracePeriodSeconds);
}

/**
 * Finalizers after a delete. A propagation policy puts the garbage collector's own in the place of those that are
 * there (registry/store.go deletionFinalizersForGarbageCollection); a namespace is held until its controller has
 * emptied it.
 */
export function finalizersFor({ kind, metadata }: ApiObject, { propagationPolicy }: DeleteOptions): readonly string[] {
  const held =
    kind === NAMESPACE && !metadata.deleting ? [...metadata.finalizers, NAMESPACE_CONTENT] : metadata.finalizers;
  if (propagationPolicy === undefined) return held;
  const added = FINALIZERS[propagationPolicy];
  const others = held.filter((each) => each !== DELETE_DEPENDENTS && each !== ORPHAN_DEPENDENTS);
  const wanted = added === '' ? others : [...others, added];
  return wanted.length === held.length && (added === '' || held.includes(added)) ? held : wanted;
}

/** When an object is to be gone that has so much grace; of one that is ending already, that much from when it was first deleted. */
export function dueNs(
  { deleting, deletionTimestampNs, deletionGracePeriodSeconds }: ObjectMeta,
  graceSeconds: number,
  nowNs: number,
): number {
  const beganNs = deleting ? deletionTimestampNs - deletionGracePeriodSeconds * 1e9 : nowNs;
  return Math.max(beganNs + graceSeconds * 1e9, nowNs);
}

/** Whether a deleted object goes at once: no grace left and nobody holds it. */
export function removableNow(graceSeconds: number, finalizers: readonly string[]): boolean {
  return graceSeconds <= 0 && finalizers.length === 0;
}

/**
 * Whether an object that may go at once goes with the next write. A pod is first written with no grace left, even if it runs
 * nowhere or has finished, and all who watch it hear of that (registry/store.go updateForGracefulDeletionAndFinalizers; rest/delete.go).
 */
export function isMarked({ kind, metadata }: ApiObject): boolean {
  return kind !== POD || (metadata.deleting && metadata.deletionGracePeriodSeconds === 0);
}
