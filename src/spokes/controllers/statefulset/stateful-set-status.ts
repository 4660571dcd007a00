import { isPodAvailable, type Pod } from '../../../api/pod.js';
import type { StatefulSetSpec, StatefulSetStatus } from '../../../api/stateful-set.js';
import { isRunningAndReady, revisionOf } from './pod-health.js';

/** Names of the revision the set comes from and of the one it goes to; the same while nothing is being updated. */
export interface RevisionPair {
  readonly current: string;
  readonly update: string;
}

/** The counters of a StatefulSet's status. */
export type ReplicaCounts = Pick<
  StatefulSetStatus,
  'replicas' | 'readyReplicas' | 'availableReplicas' | 'currentReplicas' | 'updatedReplicas'
>;

/** Counts the pods that exist (stateful_set_control computeReplicaStatus). */
export function countReplicas(
  pods: readonly Pod[],
  minReadySeconds: number,
  revisions: RevisionPair,
  nowNs: number,
): ReplicaCounts {
  let readyReplicas = 0;
  let availableReplicas = 0;
  let currentReplicas = 0;
  let updatedReplicas = 0;
  for (const pod of pods) {
    if (isRunningAndReady(pod)) {
      readyReplicas++;
      if (isPodAvailable(pod, minReadySeconds, nowNs)) availableReplicas++;
    }
    if (pod.metadata.deleting) continue;
    if (revisionOf(pod) === revisions.current) currentReplicas++;
    if (revisionOf(pod) === revisions.update) updatedReplicas++;
  }
  return { replicas: pods.length, readyReplicas, availableReplicas, currentReplicas, updatedReplicas };
}

/** The status to write: an update whose pods are all there and ready is complete (completeRollingUpdate). */
export function statefulSetStatus(
  spec: StatefulSetSpec,
  counts: ReplicaCounts,
  { current, update }: RevisionPair,
  observedGeneration: number,
  collisionCount: number,
): StatefulSetStatus {
  const complete =
    spec.updateStrategy === 'RollingUpdate' &&
    counts.updatedReplicas === spec.replicas &&
    counts.readyReplicas === spec.replicas &&
    counts.replicas === spec.replicas;
  // Assigned: what a spread adds to a copy makes a hidden class for each.
  return Object.assign({}, counts, {
    currentReplicas: complete ? counts.updatedReplicas : counts.currentReplicas,
    currentRevision: complete ? update : current,
    updateRevision: update,
    observedGeneration,
    collisionCount,
  });
}

/** Whether there is nothing to write (stateful_set_utils inconsistentStatus). */
export function statusIsCurrent(old: StatefulSetStatus, status: StatefulSetStatus): boolean {
  return (
    status.observedGeneration <= old.observedGeneration &&
    status.replicas === old.replicas &&
    status.readyReplicas === old.readyReplicas &&
    status.availableReplicas === old.availableReplicas &&
    status.currentReplicas === old.currentReplicas &&
    status.updatedReplicas === old.updatedReplicas &&
    status.currentRevision === old.currentRevision &&
    status.updateRevision === old.updateRevision
  );
}
