import { Counts } from './counts.js';
import type { Tally } from './tally.js';
import type { TopologyNodes } from './topology-nodes.js';

/** A tally summed over the domains of a topology key: the number of matching pods in each zone, on each host … */
export class TopologySum {
  readonly nodes: TopologyNodes;
  /** Matching pods by domain. */
  readonly pods: Counts;
  /** Sum over all domains. */
  total: number;
  readonly #tally: Tally;

  constructor(tally: Tally, nodes: TopologyNodes) {
    this.nodes = nodes;
    this.pods = new Counts();
    this.total = 0;
    this.#tally = tally;
    for (const [node, pods] of tally.perNode.entries()) this.add(node, pods);
    tally.sums.push(this);
    nodes.sums.push(this);
  }

  clear(): void {
    this.pods.clear();
    this.total = 0;
  }

  add(node: number, pods: number): void {
    this.#count(this.nodes.domainOf(node), pods);
  }

  /** A node counts in another domain than before; -1 is none. */
  moved(node: number, before: number, after: number): void {
    const pods = this.#tally.perNode.of(node);
    if (pods === 0) return;
    this.#count(before, -pods);
    this.#count(after, pods);
  }

  #count(domain: number, pods: number): void {
    if (domain < 0) return;
    this.pods.add(domain, pods);
    this.total += pods;
  }
}
