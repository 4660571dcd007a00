import { DESIRED_REPLICAS } from '../../../api/deployment-annotations.js';
import type {
  Deployment,
  DeploymentCondition,
  DeploymentSpec,
  DeploymentStatus,
  ReplicaSet,
} from '../../../api/workload.js';
import { replicasAnnotation } from './annotation.js';
import { withCondition } from './condition.js';
import {
  actualReplicas,
  availableReplicas,
  readyReplicas,
  specifiedReplicas,
  terminatingReplicas,
} from './replica-sum.js';
import { maxUnavailable } from './rollout-bounds.js';

/** The status that the ReplicaSets add up to, with the Available condition (sync.go calculateStatus). */
export function deploymentStatus(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet | undefined,
  nowNs: number,
): DeploymentStatus {
  const { spec, status } = deployment;
  const available = availableReplicas(all);
  const enough = available >= spec.replicas - maxUnavailable(spec);
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: actualReplicas(all),
    updatedReplicas: newReplicaSet?.status.replicas ?? 0,
    readyReplicas: readyReplicas(all),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, specifiedReplicas(all) - available),
    terminatingReplicas: terminatingReplicas(all),
    collisionCount: status.collisionCount,
    conditions: enough
      ? withCondition(status.conditions, 'Available', 'True', 'MinimumReplicasAvailable', nowNs)
      : withCondition(status.conditions, 'Available', 'False', 'MinimumReplicasUnavailable', nowNs),
  };
}

/** Whether all desired replicas are updated and available and no old pod is left (DeploymentComplete). */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = deployment.spec.replicas;
  return (
    status.updatedReplicas === desired &&
    status.replicas === desired &&
    status.availableReplicas === desired &&
    status.observedGeneration >= deployment.metadata.generation
  );
}

/** Whether both sides agree that the ReplicaSet has all of the Deployment's replicas, available (IsSaturated). */
export function isSaturated(spec: DeploymentSpec, replicaSet: ReplicaSet): boolean {
  return (
    replicaSet.spec.replicas === spec.replicas &&
    replicasAnnotation(replicaSet.metadata.annotations, DESIRED_REPLICAS) === spec.replicas &&
    replicaSet.status.availableReplicas === spec.replicas
  );
}

/** Whether two statuses say the same, so that writing the second would change nothing. */
export function sameStatus(a: DeploymentStatus, b: DeploymentStatus): boolean {
  return (
    a.observedGeneration === b.observedGeneration &&
    a.replicas === b.replicas &&
    a.updatedReplicas === b.updatedReplicas &&
    a.readyReplicas === b.readyReplicas &&
    a.availableReplicas === b.availableReplicas &&
    a.unavailableReplicas === b.unavailableReplicas &&
    a.terminatingReplicas === b.terminatingReplicas &&
    a.collisionCount === b.collisionCount &&
    sameConditions(a.conditions, b.conditions)
  );
}

function sameConditions(a: readonly DeploymentCondition[], b: readonly DeploymentCondition[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((each, index) => {
      const other = b[index]!;
      return (
        each.type === other.type &&
        each.status === other.status &&
        each.reason === other.reason &&
        each.lastUpdateNs === other.lastUpdateNs &&
        each.lastTransitionNs === other.lastTransitionNs
      );
    })
  );
}
