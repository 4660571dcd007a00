import type { WantedLabels } from '../../api/wanted-labels.js';
import { Counts } from './counts.js';
import type { PodKind } from './pod-kind.js';
import type { TopologySum } from './topology-sum.js';

export type Matches = (kind: PodKind) => boolean;

/** The kinds of pods that a tally is about. */
export interface TallyScope {
  /** Those that count. */
  readonly counts: Matches;
  /** Others that are followed when a trial takes them away or puts them back. */
  readonly follows?: Matches;
  /** What marks all of them have; any without it. */
  readonly wanted?: WantedLabels;
}

/**
 * How many pods of certain kinds are on each node, kept up to date as pods come and go: affinity and spreading ask for
 * such counts in every cycle, and recounting the pods of a large cluster would cost milliseconds.
 */
export class Tally {
  readonly name: string;
  readonly scope: TallyScope;
  /** Number of pods by node. */
  readonly perNode: Counts;
  /** Over all nodes. */
  total: number;
  /** The sums over topologies that follow this tally. */
  readonly sums: TopologySum[];

  constructor(name: string, scope: TallyScope) {
    this.name = name;
    this.scope = scope;
    this.perNode = new Counts();
    this.total = 0;
    this.sums = [];
  }

  clear(): void {
    this.perNode.clear();
    this.total = 0;
    for (const sum of this.sums) sum.clear();
  }

  add(node: number, pods: number): void {
    this.perNode.add(node, pods);
    this.total += pods;
    for (const sum of this.sums) sum.add(node, pods);
  }
}
