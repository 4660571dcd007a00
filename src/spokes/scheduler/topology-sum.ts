import { newColumn, widened } from '../../api/columns.js';
import type { Tally } from './tally.js';
import type { TopologyKey } from './topology-key.js';

/** A tally summed over the domains of a topology key: the number of matching pods in each zone, on each host … */
export class TopologySum {
  readonly tally: Tally;
  readonly key: TopologyKey;
  /** Matching pods by domain. */
  readonly pods: number[];
  /** Eligible nodes by domain. */
  readonly nodes: number[];
  /** Domains with at least one eligible node. */
  domainCount: number;
  /** Sum over all domains. */
  total: number;
  readonly #eligible: (node: number) => boolean;
  /** Under which domain each node is counted now; -1 for none. */
  #countedIn: Int32Array;

  /** Only nodes for which `eligible` holds are counted; it is asked again whenever a node changed. */
  constructor(tally: Tally, key: TopologyKey, eligible: (node: number) => boolean) {
    this.tally = tally;
    this.key = key;
    this.pods = [];
    this.nodes = [];
    this.domainCount = 0;
    this.total = 0;
    this.#eligible = eligible;
    this.#countedIn = newColumn(Int32Array, key.domainOf.length, -1);
    for (let node = 0; node < key.domainOf.length; node++) this.updateNode(node);
    tally.sums.push(this);
  }

  clear(): void {
    this.pods.fill(0);
    this.total = 0;
  }

  add(node: number, pods: number): void {
    const domain = this.#countedIn[node]!;
    if (domain < 0) return;
    this.pods[domain]! += pods;
    this.total += pods;
  }

  /** Moves a node that came, left or changed to where it counts now. */
  updateNode(node: number): void {
    const before = this.#countedIn[node]!;
    const domain = this.key.domainOf[node]!;
    const after = domain >= 0 && this.#eligible(node) ? domain : -1;
    if (before === after) return;
    const pods = this.tally.perNode[node]!;
    this.#leave(before, pods);
    this.#countedIn[node] = after;
    this.#join(after, pods);
  }

  #leave(domain: number, pods: number): void {
    if (domain < 0) return;
    this.pods[domain]! -= pods;
    this.total -= pods;
    this.nodes[domain]! -= 1;
    if (this.nodes[domain] === 0) this.domainCount--;
  }

  #join(domain: number, pods: number): void {
    if (domain < 0) return;
    while (this.pods.length <= domain) {
      this.pods.push(0);
      this.nodes.push(0);
    }
    if (this.nodes[domain] === 0) this.domainCount++;
    this.nodes[domain]! += 1;
    this.pods[domain]! += pods;
    this.total += pods;
  }

  grow(capacity: number): void {
    this.#countedIn = widened(this.#countedIn, capacity, -1);
  }
}
