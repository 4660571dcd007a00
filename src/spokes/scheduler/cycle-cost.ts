import { type Work, work } from '../../client/task.js';
import type { Decision } from './decision.js';
import { parallelize } from './parallelize.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { CycleCosts } from './scheduler-options.js';

const NO_NODES = new Int32Array(0);

/** What a cluster has. */
export interface Countable {
  /** Nodes. */
  readonly size: number;
  /** Pods on nodes. */
  readonly placed: number;
}

/** What is counted before a pod is placed, in processor nanoseconds. */
interface Counting {
  /** Of one goroutine. */
  readonly aloneNs: number;
  /** Of all that share it. */
  readonly sharedNs: number;
}

const NOTHING: Counting = { aloneNs: 0, sharedNs: 0 };

/** What the cycles of a profile cost: a part that one goroutine does, and the nodes, which several share. */
export class CycleCost {
  readonly #costs: CycleCosts;
  readonly #profile: Profile;
  readonly #parallelism: number;
  readonly #cores: number;
  readonly #priced: boolean;

  /** `cores` are those of the scheduler's host. */
  constructor(costs: CycleCosts, profile: Profile, parallelism: number, cores: number) {
    this.#costs = costs;
    this.#profile = profile;
    this.#parallelism = parallelism;
    this.#cores = cores;
    this.#priced = Object.keys(costs.plugins).length > 0;
  }

  /** A cycle that looks at no node. */
  get bare(): Work {
    return work(this.#costs.cycleNs);
  }

  /**
   * The steps of a cycle, to be asked for before the pod is placed, in a cluster that has so much to be counted; `judged`
   * tells how often preemption asked whether the pod would fit.
   */
  of(pending: PendingPod, { filtered, scored }: Decision, cluster: Countable, judged: number): readonly Work[] {
    const { cycleNs, nodeListedNs, nodeFilteredNs, nodeTriedNs, nodeScoredNs } = this.#costs;
    const counting = this.#priced && cluster.size > 0 ? this.#counting(pending, cluster, scored > 0) : NOTHING;
    const steps = [work(cycleNs + scored * nodeListedNs + counting.aloneNs)];
    if (counting.sharedNs > 0) steps.push(this.#shared(cluster.size, counting.sharedNs));
    const nodesNs = filtered * nodeFilteredNs + scored * nodeScoredNs;
    if (nodesNs > 0) steps.push(this.#shared(filtered, nodesNs));
    const triedNs = judged * nodeTriedNs;
    if (triedNs > 0) steps.push(this.#shared(judged, triedNs));
    return steps;
  }

  #shared(nodes: number, totalNs: number): Work {
    return parallelize(nodes, totalNs, this.#parallelism, this.#cores);
  }

  /** What plugins count of the cluster. */
  #counting(pending: PendingPod, { size, placed }: Countable, scored: boolean): Counting {
    const { plugins } = this.#costs;
    let aloneNs = 0;
    let sharedNs = 0;
    for (const { plugin } of this.#profile.clusterFilters) {
      const costs = plugins[plugin.name];
      if (costs === undefined || plugin.filter!(pending) === undefined) continue;
      aloneNs += size * costs.nodeCountedNs;
      sharedNs += placed * costs.podCountedNs;
    }
    if (!scored) return { aloneNs, sharedNs };
    for (const { plugin } of this.#profile.clusterScorers) {
      const costs = plugins[plugin.name];
      if (costs === undefined || plugin.score!(pending, NO_NODES, 0) === undefined) continue;
      sharedNs += size * costs.nodeWeighedNs + placed * costs.podCountedNs;
    }
    return { aloneNs, sharedNs };
  }
}
