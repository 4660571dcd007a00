import { type Work, work } from '../../client/task.js';
import type { Decision } from './decision.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { CycleCosts } from './scheduler-options.js';

const NO_NODES = new Int32Array(0);

/** What the cycles of a profile cost: a part that one goroutine does, and the nodes, which several share. */
export class CycleCost {
  readonly #costs: CycleCosts;
  readonly #profile: Profile;
  readonly #workers: number;
  readonly #priced: boolean;

  constructor(costs: CycleCosts, profile: Profile, parallelism: number) {
    this.#costs = costs;
    this.#profile = profile;
    this.#workers = Math.min(costs.workers, parallelism);
    this.#priced = Object.keys(costs.plugins).length > 0;
  }

  /** A cycle that looks at no node. */
  get bare(): Work {
    return work(this.#costs.cycleNs);
  }

  /**
   * The steps of a cycle, to be asked for before the pod is placed. `nodes` are those of the cluster; `judged` tells how
   * often preemption asked whether the pod would fit.
   */
  of(pending: PendingPod, { filtered, scored }: Decision, nodes: number, judged: number): readonly Work[] {
    const { cycleNs, nodeFilteredNs, nodeScoredNs } = this.#costs;
    const countedNs = this.#priced && nodes > 0 ? nodes * this.#countingNs(pending, scored > 0) : 0;
    const sharedNs = (filtered + judged) * nodeFilteredNs + scored * nodeScoredNs + countedNs;
    if (this.#workers === 1 || sharedNs === 0) return [work(Math.round(cycleNs + sharedNs))];
    return [work(cycleNs), work(Math.round(sharedNs / this.#workers), this.#workers)];
  }

  /** What is counted for each node of the cluster. */
  #countingNs(pending: PendingPod, scored: boolean): number {
    const { plugins } = this.#costs;
    let sumNs = 0;
    for (const { plugin } of this.#profile.clusterFilters) {
      const costs = plugins[plugin.name];
      if (costs !== undefined && plugin.filter!(pending) !== undefined) sumNs += costs.nodeCountedNs;
    }
    if (!scored) return sumNs;
    for (const { plugin } of this.#profile.clusterScorers) {
      const costs = plugins[plugin.name];
      if (costs !== undefined && plugin.score!(pending, NO_NODES, 0) !== undefined) sumNs += costs.nodeWeighedNs;
    }
    return sumNs;
  }
}
