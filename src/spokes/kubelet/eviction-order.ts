/** What a kubelet knows of a pod when it looks for one to evict. */
export interface EvictionCandidate {
  readonly row: number;
  /** Nothing is known of what it uses: it has not begun to run. */
  readonly unmeasured: boolean;
  readonly usage: number;
  readonly request: number;
  readonly priority: number;
}

/**
 * Who is evicted first: a pod of which nothing is known, then those that use more than they asked for, then the lower
 * priority, then whoever uses most beyond its request (pkg/kubelet/eviction/helpers.go rankMemoryPressure,
 * rankDiskPressureFunc). The class of service does not count by itself: a pod that asks for nothing exceeds that at once.
 */
export function evictedBefore(a: EvictionCandidate, b: EvictionCandidate): number {
  if (a.unmeasured || b.unmeasured) {
    if (a.unmeasured !== b.unmeasured) return a.unmeasured ? -1 : 1;
    return a.priority - b.priority;
  }
  const exceeds = Number(b.usage > b.request) - Number(a.usage > a.request);
  if (exceeds !== 0) return exceeds;
  if (a.priority !== b.priority) return a.priority - b.priority;
  return b.usage - b.request - (a.usage - a.request);
}
