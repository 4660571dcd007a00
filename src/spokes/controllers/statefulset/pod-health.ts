import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import { isPodAvailable, type Pod } from '../../../api/pod.js';

/** Running and ready: what the next ordinal waits for (stateful_set_utils isRunningAndReady). */
export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && pod.status.ready;
}

/** Not available, or on its way out (stateful_set_utils isUnavailable). */
export function isUnavailable(pod: Pod, minReadySeconds: number, nowNs: number): boolean {
  return pod.metadata.deleting || !isPodAvailable(pod, minReadySeconds, nowNs);
}

/** Ended, with or without success: the pod is deleted, and made anew once it is gone. */
export function hasEnded(pod: Pod): boolean {
  return pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
}

/** Name of the revision a pod was made from, `''` if it does not say. */
export function revisionOf(pod: Pod): string {
  return pod.metadata.labels[CONTROLLER_REVISION_HASH] ?? '';
}
