import { assert } from '../../engine/assert.js';
import { ClassSearch } from './class-search.js';
import { type Decision, rejected } from './decision.js';
import { Diagnosis } from './diagnosis.js';
import type { KeptAnswers, OrderedFilter } from './kept-answers.js';
import { NodeScores } from './node-scores.js';
import type { NodeTable } from './node-table.js';
import { Nominations } from './nominations.js';
import type { PendingPod } from './plugin.js';
import type { Profile } from './profile.js';
import type { Rejection } from './rejection.js';
import { RejectionCounts } from './rejection-counts.js';
import { feasibleNodesToFind } from './search-size.js';
import { NOBODY, Verdicts } from './verdicts.js';

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
  readonly verdicts: Verdicts;
  watcher: ScoreWatcher | undefined;
  readonly #table: NodeTable;
  readonly #profile: Profile;
  readonly #percentage: number;
  readonly #ties: Draw;
  readonly #nominations: Nominations;
  readonly #byClass: ClassSearch;
  /** For shapes of which a pod has fitted nowhere. */
  readonly #rejected: WeakMap<KeptAnswers, RejectionCounts>;
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
    this.verdicts = new Verdicts(table, profile, nominations);
    this.watcher = undefined;
    this.#table = table;
    this.#profile = profile;
    this.#percentage = percentageOfNodesToScore;
    this.#ties = ties;
    this.#nominations = nominations;
    this.#byClass = new ClassSearch(table, profile, ties);
    this.#rejected = new WeakMap();
    this.#feasible = new Int32Array(0);
    this.#scores = new NodeScores(profile);
    this.#count = 0;
  }

  /** Chooses a node for the pod and moves the start of the next search. The table must have a node. */
  find(pod: PendingPod): Decision {
    const order = this.#table.order();
    assert(order.length > 0, 'a search needs a node');
    const answers = this.verdicts.answersFor(pod);
    const filters = this.verdicts.clusterFilters(pod);
    const restrictions = filters.length === 0 ? answers.restrictions : [...answers.restrictions, ...filters];
    for (const { filter } of restrictions) {
      if (filter.rejects !== undefined) return rejected(Diagnosis.beforehand(filter.rejects, order.length), 0);
    }
    const nominated = this.#table.indexOf(pod.pod.status.nominatedNodeName);
    if (nominated !== undefined && this.verdicts.judge(pod, nominated) === undefined) {
      return { node: nominated, feasible: 1, filtered: 1, scored: 0, diagnosis: undefined };
    }
    const known = restrictions.length === 0 ? this.#knownDiagnosis(pod, answers, order) : undefined;
    const decision =
      known === undefined ? this.#decide(pod, order, answers, filters, restrictions) : rejected(known, order.length);
    this.cursor.position = (this.cursor.position + decision.filtered) % order.length;
    return decision;
  }

  #decide(
    pod: PendingPod,
    order: Int32Array,
    answers: KeptAnswers,
    filters: readonly OrderedFilter[],
    restrictions: readonly OrderedFilter[],
  ): Decision {
    const nodes = this.verdicts.restrict(order, restrictions);
    const wanted = feasibleNodesToFind(nodes.length, this.#percentage);
    const isPlain = restrictions.length === 0 && this.watcher === undefined;
    if (isPlain && this.#nominations.size === 0) {
      const decision = this.#byClass.find(pod, answers, wanted, this.cursor.position % order.length);
      if (decision !== undefined) return decision;
    }
    if (this.#feasible.length < wanted) this.#feasible = new Int32Array(wanted);
    const processed = this.#collect(pod, nodes, wanted, answers, filters);
    const feasible = this.#count;
    if (feasible === 0) {
      if (isPlain && this.#rejected.get(answers)?.order !== order) {
        const verdict = (node: number): Rejection | undefined => this.verdicts.explain(pod, node, NOBODY);
        this.#rejected.set(answers, new RejectionCounts(this.#table, verdict));
      }
      return rejected(this.#diagnose(pod, nodes, answers, filters, restrictions), processed);
    }
    const node = feasible === 1 ? this.#feasible[0]! : this.#best(pod, answers);
    return { node, feasible, filtered: processed, scored: feasible === 1 ? 0 : feasible, diagnosis: undefined };
  }

  /** That of a pod like one before that fitted nowhere, if that is so still. */
  #knownDiagnosis(pod: PendingPod, answers: KeptAnswers, order: Int32Array): Diagnosis | undefined {
    const counts = this.#rejected.get(answers);
    return counts?.order === order && !this.#hasOwnRoom(pod) ? counts.diagnosis() : undefined;
  }

  /** What is reserved for the pod itself does not keep it away. */
  #hasOwnRoom(pod: PendingPod): boolean {
    const node = this.#table.indexOf(this.#nominations.nodeOf(pod.pod.id));
    return node !== undefined && this.verdicts.judgeAsIs(pod, node) === undefined;
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
      if (feasible && reserved) feasible = this.verdicts.judge(pod, node) === undefined;
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
      const rejection = answers.reject(node, filters) ?? this.verdicts.judge(pod, node)!;
      met.set(rejection, (met.get(rejection) ?? 0) + 1);
    }
    const excludedBy = restrictions.filter(({ filter }) => filter.only !== undefined).map(({ name }) => name);
    const totalNodes = this.#table.size;
    return new Diagnosis(totalNodes, met, totalNodes - nodes.length, excludedBy);
  }
}

function passes(node: number, filters: readonly OrderedFilter[]): boolean {
  for (const { filter } of filters) if (filter.check(node) !== undefined) return false;
  return true;
}
