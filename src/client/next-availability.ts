import type { Pod } from '../api/pod.js';

/**
 * Delay until the next of these pods has been ready for `minReadySeconds`; those that were available at `statusNs`,
 * when the status was worked out, do not count. Never more than `minReadySeconds`, 0 when the moment has just passed
 * (controller_utils FindMinNextPodAvailabilityCheck).
 */
export function nextAvailabilityNs(
  pods: readonly Pod[],
  minReadySeconds: number,
  statusNs: number,
  nowNs: number,
): number {
  const minReadyNs = minReadySeconds * 1e9;
  let firstNs = Number.POSITIVE_INFINITY;
  for (const { status } of pods) {
    if (!status.ready || status.readySinceNs < 0) continue;
    const dueNs = status.readySinceNs + minReadyNs;
    if (dueNs > statusNs) firstNs = Math.min(firstNs, dueNs);
  }
  return firstNs === Number.POSITIVE_INFINITY ? minReadyNs : Math.max(0, firstNs - nowNs);
}
