import { assert } from '../../engine/assert.js';
import { ClassSearch } from './class-search.js';
import { type Decision, rejectedBeforehand } from './decision.js';
import type { Diagnosis } from './diagnosis.js';
import { KeptAnswers, type OrderedFilter } from './kept-answers.js';
import { NodeScores } from './node-scores.js';
import type { NodeTable } from './node-table.js';
import { Nominations } from './nominations.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { Rejection } from './rejection.js';
import { feasibleNodesToFind } from './search-size.js';

/** Answers kept at most, over all shapes and nodes: about 20 bytes each. */
const KEPT_ANSWERS_MAX = 2 ** 23;
const KEPT_SHAPES_MIN = 8;

/** Draws an integer from 0 to n − 1. */
export interface Draw {
  below(n: number): number;
}

/** Where the next search starts in the node order; the profiles of a scheduler share it. */
export interface Cursor {
  position: number;
}

/** Who wants to know of the nodes that are about to be scored. */
export interface ScoreWatcher {
  scoring(profile: Profile, pod: PendingPod, feasible: Int32Array, count: number): void;
}

/**
 * Chooses a node for a pod as schedule_one.go does: filters nodes from where the last search ended until enough fit,
 * scores those, takes the best. The search goes on to the first feasible node beyond those needed, as the original with
 * one worker does, so that rejected nodes before it count as processed.
 *
 * Ties: uniform among the nodes of the highest score, one draw per pod. Kubernetes does so up to 1.34; in 1.35 and 1.36
 * it takes whichever equal node its 16 workers happened to list first, which no rule describes (trap T1).
 */
export class Search {
  readonly cursor: Cursor;
  watcher: ScoreWatcher | undefined;
  readonly #table: NodeTable;
  readonly #profile: Profile;
  readonly #percentage: number;
  readonly #ties: Draw;
  readonly #nominations: Nominations;
  readonly #answers: Map<number, KeptAnswers>;
  readonly #byClass: ClassSearch;
  readonly #scores: NodeScores;
  /** Scratch of one search: the feasible nodes. */
  #feasible: Int32Array;
  #count: number;

  /** Without nominations no pod keeps room that it does not take yet. */
  constructor(
    table: NodeTable,
    profile: Profile,
    percentageOfNodesToScore: number,
    ties: Draw,
    nominations: Nominations = new Nominations(),
    cursor: Cursor = { position: 0 },
  ) {
    this.cursor = cursor;
    this.watcher = undefined;
    this.#table = table;
    this.#profile = profile;
    this.#percentage = percentageOfNodesToScore;
    this.#ties = ties;
    this.#nominations = nominations;
    this.#answers = new Map();
    this.#byClass = new ClassSearch(table, profile, ties);
    this.#feasible = new Int32Array(0);
    this.#scores = new NodeScores(profile);
    this.#count = 0;
  }

  /** Chooses a node for the pod and moves the start of the next search. The table must have a node. */
  find(pod: PendingPod): Decision {
    const order = this.#table.order();
    assert(order.length > 0, 'a search needs a node');
    const answers = this.#answersFor(pod);
    const filters = this.#clusterFilters(pod);
    const restrictions = filters.length === 0 ? answers.restrictions : [...answers.restrictions, ...filters];
    for (const { filter } of restrictions) {
      if (filter.rejects !== undefined) return rejectedBeforehand(filter.rejects, order.length);
    }
    const nominated = this.#table.indexOf(pod.pod.status.nominatedNodeName);
    if (nominated !== undefined && this.#isHere(nominated) && this.judge(pod, nominated) === undefined) {
      return { node: nominated, feasible: 1, filtered: 1, scored: 0, diagnosis: undefined };
    }
    const nodes = this.#restrict(order, restrictions);
    const wanted = feasibleNodesToFind(nodes.length, this.#percentage);
    if (restrictions.length === 0 && this.#nominations.size === 0 && this.watcher === undefined) {
      const decision = this.#byClass.find(pod, answers, wanted, this.cursor.position % order.length);
      if (decision !== undefined) {
        this.cursor.position = (this.cursor.position + decision.filtered) % order.length;
        return decision;
      }
    }
    if (this.#feasible.length < wanted) this.#feasible = new Int32Array(wanted);
    const processed = this.#collect(pod, nodes, wanted, answers, filters);
    const feasible = this.#count;
    this.cursor.position = (this.cursor.position + processed) % order.length;
    if (feasible === 0) {
      const diagnosis = this.#diagnose(pod, nodes, answers, filters, restrictions);
      return { node: -1, feasible, filtered: processed, scored: 0, diagnosis };
    }
    const node = feasible === 1 ? this.#feasible[0]! : this.#best(pod, answers);
    return { node, feasible, filtered: processed, scored: feasible === 1 ? 0 : feasible, diagnosis: undefined };
  }

  /**
   * What the plugins say of a pod on one node as the table stands. Pods nominated for the node that the pod must leave
   * room for count as placed there first (RunFilterPluginsWithNominatedPods).
   */
  judge(pod: PendingPod, node: number): Rejection | undefined {
    const others = this.#nominations.size === 0 ? [] : this.#nominations.above(pod, this.#table.names[node]!);
    if (others.length > 0) {
      const rejection = this.#table.trial(node, () => this.#judgeBeside(others, pod, node));
      if (rejection !== undefined) return rejection;
    }
    return this.#judgeAsIs(pod, node);
  }

  #judgeBeside(others: readonly PendingPod[], pod: PendingPod, node: number): Rejection | undefined {
    const placed = others.map((other) => this.#table.place(other.pod, this.#table.names[node]!));
    const rejection = this.#judgeAsIs(pod, node);
    for (const other of placed) this.#table.remove(other);
    return rejection;
  }

  #judgeAsIs(pod: PendingPod, node: number): Rejection | undefined {
    const answers = this.#answersFor(pod);
    if (answers.seen[node] !== this.#table.version[node]) answers.refresh(node);
    return answers.reject(node, this.#clusterFilters(pod));
  }

  /** The verdict on every node for a pod that fits on none, in search order. */
  rejections(pod: PendingPod): ReadonlyMap<number, Rejection> {
    const verdicts = new Map<number, Rejection>();
    const answers = this.#answersFor(pod);
    const filters = this.#clusterFilters(pod);
    const restrictions = [...answers.restrictions, ...filters];
    if (restrictions.some(({ filter }) => filter.rejects !== undefined)) return verdicts;
    for (const node of this.#restrict(this.#table.order(), restrictions)) {
      if (answers.seen[node] !== this.#table.version[node]) answers.refresh(node);
      const rejection = answers.reject(node, filters) ?? this.judge(pod, node);
      if (rejection !== undefined) verdicts.set(node, rejection);
    }
    return verdicts;
  }

  #isHere(node: number): boolean {
    return this.#table.nodes[node] !== undefined;
  }

  #answersFor(pod: PendingPod): KeptAnswers {
    const { id } = pod.kind.shape;
    let answers = this.#answers.get(id);
    if (answers === undefined) {
      // The oldest go first; shapes that are still in use come back at the price of asking again.
      const most = Math.max(KEPT_SHAPES_MIN, Math.trunc(KEPT_ANSWERS_MAX / this.#table.capacity));
      if (this.#answers.size >= most) this.#answers.delete(this.#answers.keys().next().value!);
      answers = new KeptAnswers(this.#table, this.#profile, pod);
      this.#answers.set(id, answers);
    }
    return answers;
  }

  #clusterFilters(pod: PendingPod): readonly OrderedFilter[] {
    const active: OrderedFilter[] = [];
    for (const { plugin, order } of this.#profile.clusterFilters) {
      const filter = plugin.filter!(pod);
      if (filter !== undefined) active.push({ name: plugin.name, order, filter });
    }
    return active;
  }

  /** The nodes that may be looked at: all, or those that a plugin named. */
  #restrict(order: Int32Array, restrictions: readonly OrderedFilter[]): Int32Array {
    let nodes = order;
    for (const { filter } of restrictions) {
      const { only } = filter;
      if (only === undefined) continue;
      nodes = nodes === order && only.size === 1 ? this.#named(only) : this.#among(nodes, only);
    }
    return nodes;
  }

  #among(nodes: Int32Array, only: ReadonlySet<string>): Int32Array {
    return nodes.filter((node) => only.has(this.#table.names[node]!));
  }

  /** A single node, as the pods of DaemonSets have one each: the others need not be gone through. */
  #named(only: ReadonlySet<string>): Int32Array {
    const [name = ''] = only;
    const node = this.#table.indexOf(name);
    return node !== undefined && this.#isHere(node) ? Int32Array.of(node) : new Int32Array(0);
  }

  /** Fills `#feasible` from the start index on; returns the number of nodes processed. */
  #collect(
    pod: PendingPod,
    nodes: Int32Array,
    wanted: number,
    answers: KeptAnswers,
    filters: readonly OrderedFilter[],
  ): number {
    const reserved = this.#nominations.size > 0;
    const unfiltered = filters.length === 0;
    const { version } = this.#table;
    const kept = this.#feasible;
    let { seen, verdicts } = answers;
    const length = nodes.length;
    let position = length === 0 ? 0 : this.cursor.position % length;
    let found = 0;
    let processed = 0;
    while (processed < length) {
      const node = nodes[position]!;
      if (seen[node] !== version[node]) {
        answers.refresh(node);
        ({ seen, verdicts } = answers);
      }
      let feasible = verdicts[node] === 0 && (unfiltered || passes(node, filters));
      if (feasible && reserved) feasible = this.judge(pod, node) === undefined;
      if (feasible) {
        if (found === wanted) break;
        kept[found++] = node;
      }
      processed++;
      if (++position === length) position = 0;
    }
    this.#count = found;
    return processed;
  }

  /** The best of the feasible nodes. */
  #best(pod: PendingPod, answers: KeptAnswers): number {
    const count = this.#count;
    const feasible = this.#feasible;
    this.watcher?.scoring(this.#profile, pod, feasible, count);
    const best = this.#scores.sum(pod, answers, feasible, count, count);
    const { totals } = this.#scores;
    let ties = 0;
    // Positions before i are done with, so they can hold the nodes that lead.
    for (let i = 0; i < count; i++) if (totals[i]! === best) feasible[ties++] = feasible[i]!;
    return feasible[ties === 1 ? 0 : this.#ties.below(ties)]!;
  }

  #diagnose(
    pod: PendingPod,
    nodes: Int32Array,
    answers: KeptAnswers,
    filters: readonly OrderedFilter[],
    restrictions: readonly OrderedFilter[],
  ): Diagnosis {
    const met = new Map<Rejection, number>();
    for (const node of nodes) {
      const rejection = answers.reject(node, filters) ?? this.judge(pod, node)!;
      met.set(rejection, (met.get(rejection) ?? 0) + 1);
    }
    const excludedBy = restrictions.filter(({ filter }) => filter.only !== undefined).map(({ name }) => name);
    const totalNodes = this.#table.size;
    return { beforehand: undefined, nodes: met, excluded: totalNodes - nodes.length, excludedBy, totalNodes };
  }
}

function passes(node: number, filters: readonly OrderedFilter[]): boolean {
  for (const { filter } of filters) if (filter.check(node) !== undefined) return false;
  return true;
}
