import type { ReplicaSet } from '../../../api/workload.js';
import { revisionOf } from './revision.js';

/** Older first, then by name (ReplicaSetsByCreationTimestamp). */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  const age = a.metadata.creationTimestampNs - b.metadata.creationTimestampNs;
  if (age !== 0) return age;
  return a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0;
}

/** Larger first, then older (ReplicaSetsBySizeOlder). */
export function bySizeThenOlder(a: ReplicaSet, b: ReplicaSet): number {
  return b.spec.replicas - a.spec.replicas || byCreation(a, b);
}

/** Larger first, then newer (ReplicaSetsBySizeNewer). */
export function bySizeThenNewer(a: ReplicaSet, b: ReplicaSet): number {
  return b.spec.replicas - a.spec.replicas || byCreation(b, a);
}

/** Lower revision first, then older (ReplicaSetsByRevision). */
export function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  const revisionA = revisionOf(a.metadata.annotations);
  const revisionB = revisionOf(b.metadata.annotations);
  if (revisionA === undefined || revisionB === undefined || revisionA === revisionB) return byCreation(a, b);
  return revisionA - revisionB;
}

/** Those that have, or ought to have, pods (FilterActiveReplicaSets). */
export function activeReplicaSets(replicaSets: readonly ReplicaSet[]): ReplicaSet[] {
  return replicaSets.filter((replicaSet) => replicaSet.spec.replicas > 0);
}
