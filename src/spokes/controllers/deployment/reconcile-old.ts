import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import { byCreation } from './replica-set-order.js';
import { availableReplicas, specifiedReplicas } from './replica-sum.js';
import { maxUnavailable } from './rollout-bounds.js';
import { type Scaling, scaling } from './scaling.js';

/** Writes in the order of sending, and the replicas they take away in all. */
export interface ScaleDown {
  readonly scalings: readonly Scaling[];
  readonly removed: number;
  /** An old ReplicaSet has more available pods than it may have: it is shrinking already, so nothing more is decided. */
  readonly shrinking: boolean;
}

const NONE: ScaleDown = Object.freeze({ scalings: [], removed: 0, shrinking: false });

/**
 * Scales down old ReplicaSets as far as availability allows: first their unhealthy pods, which nobody misses, then the
 * oldest ones (rolling.go reconcileOldReplicaSets). `old` are the active old ReplicaSets.
 */
export function reconcileOld(spec: DeploymentSpec, old: readonly ReplicaSet[], newReplicaSet: ReplicaSet): ScaleDown {
  if (specifiedReplicas(old) === 0) return NONE;
  const limit = cleanupLimit(spec, old, newReplicaSet);
  if (limit <= 0) return NONE;
  const unhealthy = cleanupUnhealthy(spec, old, limit);
  if (unhealthy.shrinking) return unhealthy;
  const remaining = afterScaling(old, unhealthy.scalings);
  const healthy = scaleDownOld(spec, remaining, newReplicaSet);
  return {
    scalings: [...unhealthy.scalings, ...healthy.scalings],
    removed: unhealthy.removed + healthy.removed,
    shrinking: false,
  };
}

/**
 * Most replicas the old ReplicaSets may lose. Unavailable pods of the new one are subtracted, so that a rollout whose
 * new pods never get ready takes away no more than maxUnavailable.
 */
function cleanupLimit(spec: DeploymentSpec, old: readonly ReplicaSet[], newReplicaSet: ReplicaSet): number {
  const all = specifiedReplicas(old) + newReplicaSet.spec.replicas;
  const newUnavailable = newReplicaSet.spec.replicas - newReplicaSet.status.availableReplicas;
  return all - (spec.replicas - maxUnavailable(spec)) - newUnavailable;
}

/** Takes away replicas of old ReplicaSets that are not available anyway, oldest first (cleanupUnhealthyReplicas). */
export function cleanupUnhealthy(spec: DeploymentSpec, old: readonly ReplicaSet[], limit: number): ScaleDown {
  const scalings: Scaling[] = [];
  let removed = 0;
  for (const target of [...old].sort(byCreation)) {
    if (removed >= limit) break;
    const size = target.spec.replicas;
    const unhealthy = size - target.status.availableReplicas;
    if (size === 0 || unhealthy === 0) continue;
    const count = Math.min(limit - removed, unhealthy);
    if (count < 0) return { scalings, removed: 0, shrinking: true };
    const write = scaling(target, size - count, spec);
    if (write !== undefined) scalings.push(write);
    removed += count;
  }
  return { scalings, removed, shrinking: false };
}

/** Takes away available replicas of old ReplicaSets above the minimum, oldest first. */
export function scaleDownOld(spec: DeploymentSpec, old: readonly ReplicaSet[], newReplicaSet: ReplicaSet): ScaleDown {
  const surplus =
    availableReplicas(old) + newReplicaSet.status.availableReplicas - (spec.replicas - maxUnavailable(spec));
  const scalings: Scaling[] = [];
  let removed = 0;
  for (const target of [...old].sort(byCreation)) {
    if (removed >= surplus) break;
    const size = target.spec.replicas;
    if (size === 0) continue;
    const count = Math.min(size, surplus - removed);
    const write = scaling(target, size - count, spec);
    if (write !== undefined) scalings.push(write);
    removed += count;
  }
  return { scalings, removed, shrinking: false };
}

function afterScaling(replicaSets: readonly ReplicaSet[], scalings: readonly Scaling[]): readonly ReplicaSet[] {
  return replicaSets.map((each) => scalings.find(({ replicaSet }) => replicaSet === each)?.scaled ?? each);
}
