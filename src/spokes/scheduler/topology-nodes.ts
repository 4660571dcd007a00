import { newColumn, widened } from '../../api/columns.js';
import type { TopologyKey } from './topology-key.js';
import type { TopologySum } from './topology-sum.js';

/** The nodes that count under a topology key, by domain: the same for all sums over them. */
export class TopologyNodes {
  readonly key: TopologyKey;
  /** Eligible nodes by domain. */
  readonly counts: number[];
  /** Domains with at least one eligible node. */
  domainCount: number;
  readonly sums: TopologySum[];
  readonly #eligible: (node: number) => boolean;
  /** Under which domain each node is counted now; -1 for none. */
  #countedIn: Int32Array;

  /** Only nodes for which `eligible` holds are counted; it is asked again whenever a node changed. */
  constructor(key: TopologyKey, eligible: (node: number) => boolean) {
    this.key = key;
    this.counts = [];
    this.domainCount = 0;
    this.sums = [];
    this.#eligible = eligible;
    this.#countedIn = newColumn(Int32Array, key.domainOf.length, -1);
    for (let node = 0; node < key.domainOf.length; node++) this.updateNode(node);
  }

  /** The domain that a node counts in, or -1. */
  domainOf(node: number): number {
    return this.#countedIn[node]!;
  }

  /** Moves a node that came, left or changed to where it counts now. */
  updateNode(node: number): void {
    const before = this.#countedIn[node]!;
    const domain = this.key.domainOf[node]!;
    const after = domain >= 0 && this.#eligible(node) ? domain : -1;
    if (before === after) return;
    this.#countedIn[node] = after;
    if (before >= 0) this.#leave(before);
    if (after >= 0) this.#join(after);
    for (const sum of this.sums) sum.moved(node, before, after);
  }

  #leave(domain: number): void {
    this.counts[domain]! -= 1;
    if (this.counts[domain] === 0) this.domainCount--;
  }

  #join(domain: number): void {
    while (this.counts.length <= domain) this.counts.push(0);
    if (this.counts[domain] === 0) this.domainCount++;
    this.counts[domain]! += 1;
  }

  grow(capacity: number): void {
    this.#countedIn = widened(this.#countedIn, capacity, -1);
  }
}
