import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import { specifiedReplicas } from './replica-sum.js';
import { maxSurge } from './rollout-bounds.js';
import { type Scaling, scaling } from './scaling.js';

/**
 * Size the new ReplicaSet may have now: up to the desired number, as long as all ReplicaSets together stay within the
 * surge (deployment_util NewRSNewReplicas). `all` includes the new one, which may not exist yet.
 */
export function newReplicaSetSize(spec: DeploymentSpec, all: readonly ReplicaSet[], newSize: number): number {
  if (spec.strategy !== 'RollingUpdate') return spec.replicas;
  const allowed = spec.replicas + maxSurge(spec) - specifiedReplicas(all);
  if (allowed <= 0) return newSize;
  return newSize + Math.min(allowed, spec.replicas - newSize);
}

/** Resizes the new ReplicaSet towards the desired number (rolling.go reconcileNewReplicaSet). */
export function reconcileNew(
  spec: DeploymentSpec,
  all: readonly ReplicaSet[],
  newReplicaSet: ReplicaSet,
): Scaling | undefined {
  const size = newReplicaSet.spec.replicas;
  if (size === spec.replicas) return undefined;
  if (size > spec.replicas) return scaling(newReplicaSet, spec.replicas, spec);
  return scaling(newReplicaSet, newReplicaSetSize(spec, all, size), spec);
}
