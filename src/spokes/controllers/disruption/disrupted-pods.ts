import type { Pod } from '../../../api/pod.js';

/** How long a granted eviction is waited for before the pod counts again (disruption.go DeletionTimeout). */
const DELETION_TIMEOUT_NS = 120e9;

/** Pods whose eviction has been granted and is still to come. */
export interface DisruptedPods {
  readonly pods: ReadonlyMap<string, number>;
  /** When the first of them will have been waited for long enough; -1 if there are none. */
  readonly recheckNs: number;
  /** So many of them are healthy, but no longer count as such. */
  readonly discounted: number;
}

/**
 * Drops pods that are gone, on their way, or were never deleted (disruption.go buildDisruptedPodMap). `pods` are those
 * that the budget covers, at least all that it names.
 */
export function stillDisrupted(
  disrupted: ReadonlyMap<string, number>,
  pods: readonly Pod[],
  nowNs: number,
): DisruptedPods {
  const kept = new Map<string, number>();
  let recheckNs = -1;
  let discounted = 0;
  for (const { metadata, status } of pods) {
    const grantedNs = disrupted.get(metadata.name);
    if (grantedNs === undefined || metadata.deleting) continue;
    const deadlineNs = grantedNs + DELETION_TIMEOUT_NS;
    if (deadlineNs < nowNs) continue;
    kept.set(metadata.name, grantedNs);
    recheckNs = recheckNs < 0 ? deadlineNs : Math.min(recheckNs, deadlineNs);
    if (status.ready && deadlineNs > nowNs) discounted++;
  }
  return { pods: kept, recheckNs, discounted };
}
