/** Most pods one sync creates or deletes (replicaset BurstReplicas). */
const BURST_REPLICAS = 500;

/** Pods to create (positive) or to delete (negative) now. */
export function replicasMissing(desired: number, active: number, burst: number = BURST_REPLICAS): number {
  return Math.max(-burst, Math.min(burst, desired - active));
}
