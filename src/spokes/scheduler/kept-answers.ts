import { newColumn, widened } from '../../api/columns.js';
import type { NodeTable } from './node-table.js';
import type { PendingPod, PodFilter, PodScore } from './plugin.js';
import type { Profile, ScoringPlugin } from './profile.js';
import type { Rejection } from './rejection.js';

const NO_NODES = new Int32Array(0);

/** Plugins whose scores are normalised keep them raw, a column each. */
export interface RawScore {
  readonly scoring: ScoringPlugin;
  readonly score: PodScore;
  /** Whether the score can change without the node object changing. */
  readonly ofPods: boolean;
  column: Int32Array;
  /** Whether any node ever scored other than 0; while none did, normalising gives all the same. */
  differs: boolean;
}

/** A plugin's filter for one pod, and the plugin's position in the profile. */
export interface OrderedFilter {
  readonly name: string;
  readonly order: number;
  readonly filter: PodFilter;
}

/**
 * What the plugins that look at one node only say about the pods of one shape, kept per node and worked out again only
 * when the node's version moved. A deployment of 10,000 pods asks the same question of 500 nodes per pod, and between
 * two of its pods one node has changed: keeping answers turns 500 evaluations into one.
 */
export class KeptAnswers {
  /** Why the node is out: 0 if it is not, else 1 + index into `rejections`. Valid for nodes passed to `refresh`. */
  verdicts: Uint16Array;
  /** Weighted sum of the scores that need no normalising; valid where the verdict is 0. */
  flat: Int32Array;
  /** The raw scores that need normalising. */
  readonly raw: RawScore[];
  /** Filters that reject the pod beforehand or restrict the nodes. */
  readonly restrictions: OrderedFilter[];
  readonly rejections: Rejection[];
  /** Position of the rejecting plugin in the profile, by index into `rejections`. */
  readonly rejectionOrder: number[];
  seen: Uint32Array;
  #nodeSeen: Uint32Array;
  #nodeVerdicts: Uint16Array;
  #nodeFlat: Int32Array;
  readonly #table: NodeTable;
  readonly #nodeFilters: OrderedFilter[];
  readonly #podFilters: OrderedFilter[];
  readonly #nodeScores: { readonly weight: number; readonly score: PodScore }[];
  readonly #podScores: { readonly weight: number; readonly score: PodScore }[];
  readonly #rejectionIndex: Map<Rejection, number>;

  constructor(table: NodeTable, profile: Profile, pod: PendingPod) {
    const capacity = table.capacity;
    this.verdicts = newColumn(Uint16Array, capacity);
    this.flat = newColumn(Int32Array, capacity);
    this.raw = [];
    this.restrictions = [];
    this.rejections = [];
    this.rejectionOrder = [];
    this.seen = newColumn(Uint32Array, capacity);
    this.#nodeSeen = newColumn(Uint32Array, capacity);
    this.#nodeVerdicts = newColumn(Uint16Array, capacity);
    this.#nodeFlat = newColumn(Int32Array, capacity);
    this.#table = table;
    this.#nodeFilters = [];
    this.#podFilters = [];
    this.#nodeScores = [];
    this.#podScores = [];
    this.#rejectionIndex = new Map();
    for (const { plugin, order } of profile.filters) {
      const filter = plugin.reach === 'cluster' ? undefined : plugin.filter!(pod);
      if (filter === undefined) continue;
      const ordered = { name: plugin.name, order, filter };
      (plugin.reach === 'node' ? this.#nodeFilters : this.#podFilters).push(ordered);
      if (filter.rejects !== undefined || filter.only !== undefined) this.restrictions.push(ordered);
    }
    for (const scoring of profile.scorers) this.#addScore(scoring, pod, capacity);
  }

  #addScore(scoring: ScoringPlugin, pod: PendingPod, capacity: number): void {
    const { plugin, weight } = scoring;
    const score = plugin.reach === 'cluster' ? undefined : plugin.score!(pod, NO_NODES, 0);
    if (score === undefined) return;
    const ofPods = plugin.reach === 'pods';
    if (score.normalize !== undefined)
      this.raw.push({ scoring, score, ofPods, column: newColumn(Int32Array, capacity), differs: false });
    else (ofPods ? this.#podScores : this.#nodeScores).push({ weight, score });
  }

  /** Brings the answers for a node up to date; to be called when `seen` is not the node's version. */
  refresh(node: number): void {
    if (node >= this.seen.length) this.#grow();
    const table = this.#table;
    if (this.#nodeSeen[node] !== table.nodeVersion[node]) this.#askAboutNode(node);
    this.seen[node] = table.version[node]!;
    const verdict = this.#first(this.#podFilters, node, this.#nodeVerdicts[node]!);
    this.verdicts[node] = verdict;
    if (verdict !== 0) return;
    let sum = this.#nodeFlat[node]!;
    for (const { weight, score } of this.#podScores) sum += weight * score.score(node);
    this.flat[node] = sum;
    for (const raw of this.raw) if (raw.ofPods) keep(raw, node);
  }

  /** The rejection of the plugin that comes first in the profile, given `filters` beside; for nodes that are up to date. */
  reject(node: number, filters: readonly OrderedFilter[]): Rejection | undefined {
    const verdict = this.verdicts[node]!;
    const limit = verdict === 0 ? Number.POSITIVE_INFINITY : this.rejectionOrder[verdict - 1]!;
    for (const { order, filter } of filters) {
      if (order > limit) break;
      const rejection = filter.check(node);
      if (rejection !== undefined) return rejection;
    }
    return verdict === 0 ? undefined : this.rejections[verdict - 1]!;
  }

  #askAboutNode(node: number): void {
    this.#nodeSeen[node] = this.#table.nodeVersion[node]!;
    const verdict = this.#first(this.#nodeFilters, node, 0);
    this.#nodeVerdicts[node] = verdict;
    if (verdict !== 0) return;
    let sum = 0;
    for (const { weight, score } of this.#nodeScores) sum += weight * score.score(node);
    this.#nodeFlat[node] = sum;
    for (const raw of this.raw) if (!raw.ofPods) keep(raw, node);
  }

  /** The verdict of the plugin that comes first in the profile, given the one found so far. */
  #first(filters: readonly OrderedFilter[], node: number, soFar: number): number {
    const limit = soFar === 0 ? Number.POSITIVE_INFINITY : this.rejectionOrder[soFar - 1]!;
    for (const { order, filter } of filters) {
      if (order > limit) break;
      const rejection = filter.check(node);
      if (rejection !== undefined) return this.#indexOf(rejection, order) + 1;
    }
    return soFar;
  }

  #indexOf(rejection: Rejection, order: number): number {
    let index = this.#rejectionIndex.get(rejection);
    if (index === undefined) {
      index = this.rejections.length;
      this.rejections.push(rejection);
      this.rejectionOrder.push(order);
      this.#rejectionIndex.set(rejection, index);
    }
    return index;
  }

  #grow(): void {
    const capacity = this.#table.capacity;
    this.verdicts = widened(this.verdicts, capacity);
    this.flat = widened(this.flat, capacity);
    this.seen = widened(this.seen, capacity);
    this.#nodeSeen = widened(this.#nodeSeen, capacity);
    this.#nodeVerdicts = widened(this.#nodeVerdicts, capacity);
    this.#nodeFlat = widened(this.#nodeFlat, capacity);
    for (const raw of this.raw) raw.column = widened(raw.column, capacity);
  }
}

function keep(raw: RawScore, node: number): void {
  const score = raw.score.score(node);
  raw.column[node] = score;
  if (score !== 0) raw.differs = true;
}
