import type { DrainabilityOptions } from './drainability.js';

/** How one of several groups is chosen that would help (cluster-autoscaler expander). */
export const EXPANDERS = ['least-waste', 'most-pods', 'least-nodes', 'priority', 'random'] as const;
export type Expander = (typeof EXPANDERS)[number];

/** Flags of cluster-autoscaler, in their names and with their defaults. */
export interface ClusterAutoscalerOptions extends DrainabilityOptions {
  readonly scanIntervalNs: number;
  /** Several: each chooses among those that the one before finds equally good. */
  readonly expander: Expander | readonly Expander[];
  /** Of the expander `priority`, as its ConfigMap has them: regular expressions for the names of groups, by priority. */
  readonly priorities: Readonly<Record<string, readonly string[]>>;
  /** After nodes were added, none is taken away for so long. */
  readonly scaleDownDelayAfterAddNs: number;
  /** Nor after nodes have begun to be taken away; 0: until the next scan. */
  readonly scaleDownDelayAfterDeleteNs: number;
  /** Nor after that has failed to begin. */
  readonly scaleDownDelayAfterFailureNs: number;
  /** A node goes that nobody has needed for so long. */
  readonly scaleDownUnneededTimeNs: number;
  /** A node is needed whose requests are at least this fraction of it. */
  readonly scaleDownUtilizationThreshold: number;
  /** Nodes that are taken away at once. */
  readonly maxScaleDownParallelism: number;
  /** Of those, nodes whose pods are to go elsewhere. */
  readonly maxDrainParallelism: number;
  /** A node stays after all if evictions are refused for so long. */
  readonly maxPodEvictionTimeNs: number;
  /** No pod has longer to end, seconds. */
  readonly maxGracefulTerminationSec: number;
}
