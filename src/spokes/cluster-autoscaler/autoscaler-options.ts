import type { DrainabilityOptions } from './drainability.js';

/** How one of several groups is chosen that would help (cluster-autoscaler expander). */
export const EXPANDERS = ['least-waste', 'most-pods', 'least-nodes', 'random'] as const;
export type Expander = (typeof EXPANDERS)[number];

/** Flags of cluster-autoscaler, in their names and with their defaults. */
export interface ClusterAutoscalerOptions extends DrainabilityOptions {
  readonly scanIntervalNs: number;
  readonly expander: Expander;
  /** After nodes were added, none is taken away for so long. */
  readonly scaleDownDelayAfterAddNs: number;
  /** A node goes that nobody has needed for so long. */
  readonly scaleDownUnneededTimeNs: number;
  /** A node is needed whose requests are at least this fraction of it. */
  readonly scaleDownUtilizationThreshold: number;
  /** Nodes that are taken away at once. */
  readonly maxScaleDownParallelism: number;
}
