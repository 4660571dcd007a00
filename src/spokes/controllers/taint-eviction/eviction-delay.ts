import { type Taint, type Toleration, tolerates } from '../../../api/taint.js';

/**
 * How long a pod may stay on a node with these NoExecute taints: 0 not at all, -1 for ever, else nanoseconds. The
 * first matching toleration of every taint counts, and the shortest of them wins (GetMatchingTolerations,
 * getMinTolerationTime).
 */
export function evictionDelayNs(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let seconds = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const used = tolerations.find((toleration) => tolerates(toleration, taint));
    if (used === undefined) return 0;
    if (used.tolerationSeconds !== FOR_EVER) seconds = Math.min(seconds, Math.max(0, used.tolerationSeconds));
  }
  return seconds === Number.POSITIVE_INFINITY ? -1 : seconds * 1e9;
}

const FOR_EVER = -1;
