import { newColumn, widened } from '../../api/columns.js';
import type { PodKind } from './pod-kind.js';
import type { TopologySum } from './topology-sum.js';

export type Matches = (kind: PodKind) => boolean;

/**
 * How many pods of certain kinds are on each node, kept up to date as pods come and go: affinity and spreading ask for
 * such counts in every cycle, and recounting the pods of a large cluster would cost milliseconds.
 */
export class Tally {
  readonly name: string;
  readonly matches: Matches;
  /** Kinds that do not count, but are followed when a trial takes them away or puts them back. */
  readonly follows: Matches;
  /** Number of pods by node. */
  perNode: Int32Array;
  /** Over all nodes. */
  total: number;
  /** The sums over topologies that follow this tally. */
  readonly sums: TopologySum[];

  constructor(name: string, matches: Matches, follows: Matches, capacity: number) {
    this.name = name;
    this.matches = matches;
    this.follows = follows;
    this.perNode = newColumn(Int32Array, capacity);
    this.total = 0;
    this.sums = [];
  }

  grow(capacity: number): void {
    this.perNode = widened(this.perNode, capacity);
  }

  clear(): void {
    this.perNode.fill(0);
    this.total = 0;
    for (const sum of this.sums) sum.clear();
  }

  add(node: number, pods: number): void {
    this.perNode[node]! += pods;
    this.total += pods;
    for (const sum of this.sums) sum.add(node, pods);
  }
}
