import type { CustomPlugin } from './custom-plugin.js';
import type { PluginArgs } from './plugin-args.js';
import type { PluginChoice } from './plugin-choice.js';

/** What a plugin costs beyond its share of each node filtered and scored, in processor nanoseconds. */
export interface PluginCosts {
  /** One goroutine, for each node of the cluster, when what was counted before filtering is put together (PreFilter). */
  readonly nodeCountedNs: number;
  /** All goroutines, for each node of the cluster, before scoring: they add to the same counts (PreScore). */
  readonly nodeWeighedNs: number;
  /** All goroutines, for each pod on a node, at either time. */
  readonly podCountedNs: number;
}

/** What a scheduler's work costs, in processor nanoseconds. */
export interface CycleCosts {
  /** A scheduling cycle before any node is looked at. */
  readonly cycleNs: number;
  /** One feasible node, for the goroutine that keeps the lists. */
  readonly nodeListedNs: number;
  /** One node filtered, for those that share them. */
  readonly nodeFilteredNs: number;
  /** One look of preemption whether the pod would fit a copy of a node without some of its pods, for those that share them. */
  readonly nodeTriedNs: number;
  /** One feasible node scored, for those that share them. */
  readonly nodeScoredNs: number;
  /** By name of the plugin; only for pods that it has something to say about. */
  readonly plugins: Readonly<Record<string, PluginCosts>>;
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

/** What differs between minors of Kubernetes. */
export interface SchedulerVersion {
  /** NodeResourcesBalancedAllocation scores how much a pod improves the balance; if not, the balance there will be. */
  readonly balancesByImprovement: boolean;
  /** Plugins judge whether an event helps a pod; if not, every event that concerns them is taken to help. */
  readonly queueingHints: boolean;
  /** A scheduler with nothing else to do takes pods that still back off. */
  readonly popsFromBackoff: boolean;
}

export interface SchedulerOptions {
  /** Other pods are left alone. */
  readonly profiles: readonly ProfileOptions[];
  readonly version: SchedulerVersion;
  readonly podInitialBackoffNs: number;
  readonly podMaxBackoffNs: number;
  /** Goroutines that look at nodes together. */
  readonly parallelism: number;
  readonly costs: CycleCosts;
  readonly customPlugins: readonly CustomPlugin[];
}
