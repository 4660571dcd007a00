import { MAX_REPLICAS } from '../../../api/deployment-annotations.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import { replicasAnnotation } from './annotation.js';
import { maxSurge } from './rollout-bounds.js';

/**
 * How many of the `toAdd` replicas (negative: to remove) one ReplicaSet takes when `added` of them are given out
 * already (deployment_util GetReplicaSetProportion).
 */
export function proportion(replicaSet: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  if (replicaSet.spec.replicas === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(replicaSet, deployment);
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(share, allowed) : Math.max(share, allowed);
}

/**
 * Growth of a ReplicaSet that keeps its share of all pods; without the annotation the share of those that exist
 * (getReplicaSetFraction). The original multiplies 32-bit integers: beyond 2³¹, as 50 000 of 60 000, they wrap round.
 */
function fraction(replicaSet: ReplicaSet, { spec, status }: Deployment): number {
  const size = replicaSet.spec.replicas;
  if (spec.replicas === 0) return -size;
  const maxBefore = replicasAnnotation(replicaSet.metadata.annotations, MAX_REPLICAS) || status.replicas;
  if (maxBefore === 0) return 0;
  const scaled = Math.imul(size, spec.replicas + maxSurge(spec)) / maxBefore;
  return Math.sign(scaled) * Math.round(Math.abs(scaled)) - size;
}
