import { DESIRED_REPLICAS } from '../../../api/deployment-annotations.js';
import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import { replicasAnnotation } from './annotation.js';
import type { ReplicaSets } from './find-replica-set.js';

/** Whether the Deployment was resized since one of its active ReplicaSets was last written (sync.go isScalingEvent). */
export function isScalingEvent(spec: DeploymentSpec, { current, old }: ReplicaSets): boolean {
  for (const each of old) if (isOfOtherSize(spec, each)) return true;
  return current !== undefined && isOfOtherSize(spec, current);
}

function isOfOtherSize({ replicas }: DeploymentSpec, { metadata, spec }: ReplicaSet): boolean {
  if (spec.replicas === 0) return false;
  const desired = replicasAnnotation(metadata.annotations, DESIRED_REPLICAS);
  return desired !== undefined && desired !== replicas;
}
