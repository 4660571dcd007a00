import type { Pod } from './pod.js';

/** What a scheduler found out in one attempt to place a pod, for whoever wants it explained. */
export interface SchedulingAttempt {
  readonly pod: Pod;
  /** 1 for the first. */
  readonly number: number;
  /** Nodes that the scheduler knows. */
  readonly nodes: number;
  /** Nodes found to fit: as many as were looked for. */
  readonly feasible: number;
  /** Name of the chosen node; `''` if none fits. */
  readonly node: string;
  /** Why nodes do not fit, the most frequent first; counted over all nodes, also those the search did not reach. */
  readonly rejections: readonly NodeRejection[];
  /** Scores of the best nodes, the chosen one first; empty where one node alone fits, since it is not scored. */
  readonly scores: readonly NodeScores[];
}

/** How many nodes a plugin rejects for a reason. */
export interface NodeRejection {
  readonly plugin: string;
  readonly reason: string;
  readonly nodes: number;
}

export interface NodeScores {
  readonly node: string;
  /** Sum of the plugins' scores, each times its weight. */
  readonly total: number;
  readonly byPlugin: readonly PluginScore[];
}

export interface PluginScore {
  readonly plugin: string;
  /** 0 to 100. */
  readonly score: number;
  readonly weight: number;
}
