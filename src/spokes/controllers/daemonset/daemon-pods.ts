import { CONTROLLER_REVISION_HASH } from '../../../api/controller-revision.js';
import type { Pod } from '../../../api/pod.js';

/** Pods of one DaemonSet by the node they are on or meant for. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/** Groups the pods of a DaemonSet; those that have ended and are being deleted no longer count (getNodesToDaemonPods). */
export function podsByNode(pods: Iterable<Pod>): PodsByNode {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (pod.metadata.deleting && (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')) continue;
    const node = targetNode(pod);
    if (node === undefined) continue;
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [pod]);
    else group.push(pod);
  }
  return groups;
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
