import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import { isTerminated, type Pod } from '../../../api/pod.js';

/**
 * The node that a pod of a DaemonSet counts on: the one it is on or meant for. One that has ended and is being deleted no
 * longer counts (getNodesToDaemonPods).
 */
export function countsOn(pod: Pod): string | undefined {
  return pod.metadata.deleting && isTerminated(pod) ? undefined : targetNode(pod);
}

/** The node a pod is on, or the one its affinity names while it is not bound (daemonset_util GetTargetNodeName). */
function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName !== '') return spec.nodeName;
  const fields = spec.shape.requiredNodeAffinity?.terms.flatMap((term) => term.fields) ?? [];
  return fields.find(({ key, equal }) => key === 'metadata.name' && equal)?.value;
}

/** Whether a pod was made from the present template; `hash` is that of its revision. */
export function isUpdated(pod: Pod, hash: string): boolean {
  return pod.metadata.labels[CONTROLLER_REVISION_HASH] === hash;
}

/** Bound pods first, then the oldest (podByCreationTimestampAndPhase). */
export function byAge(a: Pod, b: Pod): number {
  const bound = Number(b.spec.nodeName !== '') - Number(a.spec.nodeName !== '');
  if (bound !== 0) return bound;
  const age = a.metadata.creationTimestampNs - b.metadata.creationTimestampNs;
  if (age !== 0) return age;
  return a.metadata.name < b.metadata.name ? -1 : Number(a.metadata.name > b.metadata.name);
}
