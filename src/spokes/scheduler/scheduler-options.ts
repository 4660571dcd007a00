import type { PluginArgs } from './plugin-args.js';
import type { PluginChoice } from './plugin-choice.js';

/** What a scheduler's work costs, in processor nanoseconds. */
export interface CycleCosts {
  /** A scheduling cycle before any node is looked at. */
  readonly cycleNs: number;
  readonly nodeFilteredNs: number;
  readonly nodeScoredNs: number;
}

/** One of the profiles of a scheduler. */
export interface ProfileOptions {
  /** The pods that ask for this name are placed by this profile. */
  readonly schedulerName: string;
  /** 0 means by cluster size. */
  readonly percentageOfNodesToScore: number;
  readonly plugins: readonly PluginChoice[];
  readonly args: PluginArgs;
}

export interface SchedulerOptions {
  /** Other pods are left alone. */
  readonly profiles: readonly ProfileOptions[];
  /** Minor of Kubernetes 1.x, which decides on formulas that changed. */
  readonly kubernetesMinor: number;
  readonly podInitialBackoffNs: number;
  readonly podMaxBackoffNs: number;
  readonly costs: CycleCosts;
}
