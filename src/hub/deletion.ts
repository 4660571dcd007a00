import type { DeleteOptions } from '../api/call.js';
import { POD } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';

const FINALIZER_BY_POLICY = { Foreground: 'foregroundDeletion', Orphan: 'orphan', Background: '' } as const;

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

/** Finalizers after a delete: the propagation policy adds the garbage collector's own. */
export function finalizersFor(finalizers: readonly string[], options: DeleteOptions): readonly string[] {
  const added = FINALIZER_BY_POLICY[options.propagationPolicy ?? 'Background'];
  return added === '' || finalizers.includes(added) ? finalizers : [...finalizers, added];
}

/** Whether a deleted object goes at once: no grace left and nobody holds it. */
export function removableNow(graceSeconds: number, finalizers: readonly string[]): boolean {
  return graceSeconds <= 0 && finalizers.length === 0;
}
