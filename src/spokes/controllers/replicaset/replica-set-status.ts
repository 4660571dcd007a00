import type { ReplicaFailure, ReplicaSet, ReplicaSetStatus } from '../../../api/workload.js';

/** What a ReplicaSet's pods add up to. */
export interface PodCounts {
  /** Neither finished nor being deleted. */
  readonly active: number;
  /** Active, with all labels of the template. */
  readonly fullyLabeled: number;
  readonly ready: number;
  /** Ready for minReadySeconds. */
  readonly available: number;
  /** Being deleted and not finished. */
  readonly terminating: number;
}

/**
 * The status for these pods (replica_set_utils calculateStatus). `error` is what creating or deleting pods ended with,
 * `''` when all went well. observedGeneration stays: it moves only when the status is written.
 */
export function replicaSetStatus(
  replicaSet: ReplicaSet,
  counts: PodCounts,
  error: string,
  nowNs: number,
): ReplicaSetStatus {
  const failure = replicaFailure(replicaSet, counts.active, error, nowNs);
  const status = {
    observedGeneration: replicaSet.status.observedGeneration,
    replicas: counts.active,
    fullyLabeledReplicas: counts.fullyLabeled,
    readyReplicas: counts.ready,
    availableReplicas: counts.available,
    terminatingReplicas: counts.terminating,
  };
  return failure === undefined ? status : { ...status, failure };
}

function replicaFailure(
  replicaSet: ReplicaSet,
  active: number,
  error: string,
  nowNs: number,
): ReplicaFailure | undefined {
  if (error === '') return undefined;
  const known = replicaSet.status.failure;
  if (known !== undefined) return known;
  const missing = replicaSet.spec.replicas - active;
  const reason = missing > 0 ? 'FailedCreate' : missing < 0 ? 'FailedDelete' : '';
  return { reason, message: error, lastTransitionNs: nowNs };
}

/** Whether there is nothing to write: same numbers, and the generation has been observed (updateReplicaSetStatus). */
export function statusIsCurrent(replicaSet: ReplicaSet, status: ReplicaSetStatus): boolean {
  const old = replicaSet.status;
  return (
    old.replicas === status.replicas &&
    old.fullyLabeledReplicas === status.fullyLabeledReplicas &&
    old.readyReplicas === status.readyReplicas &&
    old.availableReplicas === status.availableReplicas &&
    old.terminatingReplicas === status.terminatingReplicas &&
    old.failure === status.failure &&
    old.observedGeneration === replicaSet.metadata.generation
  );
}
