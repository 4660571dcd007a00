import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import { scaledValue } from '../../../api/int-or-percent.js';

/** How many nodes a rolling update may leave without an available pod, and how many may have two. */
export interface RolloutLimits {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** Nodes that may have an old and a new pod at once; percentages round up (daemonset_util SurgeCount). */
export function surgeCount(spec: DaemonSetSpec, nodes: number): number {
  return spec.updateStrategy === 'RollingUpdate' ? scaledValue(spec.maxSurge, nodes, true) : 0;
}

/** The limits for so many nodes; both zero means one unavailable (update.go updatedDesiredNodeCounts). */
export function rolloutLimits(spec: DaemonSetSpec, nodes: number): RolloutLimits {
  const maxSurge = surgeCount(spec, nodes);
  const unavailable = spec.updateStrategy === 'RollingUpdate' ? scaledValue(spec.maxUnavailable, nodes, true) : 0;
  return { maxSurge, maxUnavailable: nodes > 0 && unavailable === 0 && maxSurge === 0 ? 1 : unavailable };
}
