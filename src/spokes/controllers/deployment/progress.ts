import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../../api/workload.js';
import { conditionOf, newCondition, withCondition, withoutCondition } from './condition.js';
import { deploymentStatus, isComplete } from './status.js';

/** progressDeadlineSeconds that means "no deadline". */
const NO_DEADLINE_SECONDS = 2 ** 31 - 1;

/** Added to a requeue so that the check does not come a moment too early (progress.go requeueStuckDeployment). */
const REQUEUE_MARGIN_NS = 1e9;

export function hasProgressDeadline(deployment: Deployment): boolean {
  return deployment.spec.progressDeadlineSeconds !== NO_DEADLINE_SECONDS;
}

/** The status during a rollout: with how it progresses, and with what its ReplicaSets failed at (syncRolloutStatus). */
export function rolloutStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet | undefined,
  nowNs: number,
): DeploymentStatus {
  const status = deploymentStatus(deployment, all, newReplicaSet, nowNs);
  const progressing = withProgressing(deployment, status, nowNs);
  const failure =
    newReplicaSet?.status.failure ?? all.find((each) => each.status.failure !== undefined)?.status.failure;
  const conditions =
    failure === undefined
      ? withoutCondition(progressing, 'ReplicaFailure')
      : withCondition(progressing, 'ReplicaFailure', 'True', failure.reason, failure.lastTransitionNs);
  return conditions === status.conditions ? status : { ...status, conditions };
}

function withProgressing(
  deployment: Deployment,
  status: DeploymentStatus,
  nowNs: number,
): readonly DeploymentCondition[] {
  const { conditions } = status;
  if (!hasProgressDeadline(deployment)) return withoutCondition(conditions, 'Progressing');
  const current = conditionOf(deployment.status.conditions, 'Progressing');
  const finished = status.replicas === status.updatedReplicas && current?.reason === 'NewReplicaSetAvailable';
  if (finished) return conditions;
  if (isComplete(deployment, status))
    return withCondition(conditions, 'Progressing', 'True', 'NewReplicaSetAvailable', nowNs);
  if (makesProgress(deployment.status, status)) {
    // Progress renews lastUpdateTime even where status and reason stay, for the deadline counts from there.
    const lastTransitionNs = current?.status === 'True' ? current.lastTransitionNs : nowNs;
    const condition = newCondition('Progressing', 'True', 'ReplicaSetUpdated', nowNs, lastTransitionNs);
    return [...withoutCondition(conditions, 'Progressing'), condition];
  }
  if (timedOut(deployment, status, nowNs))
    return withCondition(conditions, 'Progressing', 'False', 'ProgressDeadlineExceeded', nowNs);
  return conditions;
}

/** More updated, ready or available pods, or fewer old ones (deployment_util DeploymentProgressing). */
function makesProgress(before: DeploymentStatus, now: DeploymentStatus): boolean {
  return (
    now.updatedReplicas > before.updatedReplicas ||
    now.replicas - now.updatedReplicas < before.replicas - before.updatedReplicas ||
    now.readyReplicas > before.readyReplicas ||
    now.availableReplicas > before.availableReplicas
  );
}

/** Whether the last progress is longer ago than the deadline allows (deployment_util DeploymentTimedOut). */
function timedOut(deployment: Deployment, status: DeploymentStatus, nowNs: number): boolean {
  const condition = conditionOf(status.conditions, 'Progressing');
  if (condition === undefined || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return condition.lastUpdateNs + deployment.spec.progressDeadlineSeconds * 1e9 < nowNs;
}

/**
 * When a Deployment whose status did not change must be looked at again for its deadline, as a delay: 0 means at the
 * queue's own rate, -1 never (progress.go requeueStuckDeployment).
 */
export function progressCheckDelayNs(deployment: Deployment, status: DeploymentStatus, nowNs: number): number {
  const current = conditionOf(deployment.status.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || current === undefined) return -1;
  if (isComplete(deployment, status) || current.reason === 'ProgressDeadlineExceeded') return -1;
  const afterNs = current.lastUpdateNs + deployment.spec.progressDeadlineSeconds * 1e9 - nowNs;
  return afterNs < REQUEUE_MARGIN_NS ? 0 : afterNs + REQUEUE_MARGIN_NS;
}

/** The conditions with the Progressing one following a pause or a resume; the same list when nothing is to be said. */
export function pauseConditions(deployment: Deployment, nowNs: number): readonly DeploymentCondition[] {
  const { conditions } = deployment.status;
  const current = conditionOf(conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || current?.reason === 'ProgressDeadlineExceeded') return conditions;
  const saysPaused = current?.reason === 'DeploymentPaused';
  if (deployment.spec.paused === saysPaused) return conditions;
  const reason = deployment.spec.paused ? 'DeploymentPaused' : 'DeploymentResumed';
  return withCondition(conditions, 'Progressing', 'Unknown', reason, nowNs);
}
