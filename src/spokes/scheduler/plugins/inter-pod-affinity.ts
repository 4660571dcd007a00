import { ByNumber } from '../../../api/by-number.js';
import type { WakeRule } from '../cluster-event.js';
import type { Listers } from '../listers.js';
import type { NodeTable } from '../node-table.js';
import { MAX_SCORE, type PendingPod, type Plugin, type PodFilter, type PodScore } from '../plugin.js';
import type { PluginArgs } from '../plugin-args.js';
import type { PodKind } from '../pod-kind.js';
import { type Rejection, unresolvable, unschedulable } from '../rejection.js';
import type { TallyScope } from '../tally.js';
import type { TopologySum } from '../topology-sum.js';
import { type AffinityTerm, type AffinityTerms, affinityTermsOf } from './affinity-term.js';
import { INTER_POD_AFFINITY_WAKES } from './inter-pod-affinity-wakes.js';

const NAME = 'InterPodAffinity';
const NO_AFFINITY = unresolvable(NAME, "node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = unschedulable(NAME, "node(s) didn't match pod anti-affinity rules");
const EXISTING_ANTI_AFFINITY = unschedulable(NAME, "node(s) didn't satisfy existing pods anti-affinity rules");

/** A term that placed pods hold, and how many of them do in each domain of its key. */
interface HeldTerm {
  readonly term: AffinityTerm;
  /** What each holder adds to the score of its domain. */
  readonly weight: number;
  readonly holders: TopologySum;
}

/** Counts by domain that add to the score with a weight. */
interface WeightedSum {
  readonly weight: number;
  readonly sum: TopologySum;
}

/** What affinity means to the pods of one kind. */
interface KindAffinity {
  readonly terms: AffinityTerms;
  /** Whether the pod satisfies its own required terms: the first of a series may go anywhere. */
  readonly attractsItself: boolean;
  /** Pods that match all required affinity terms, by the key of each term. */
  readonly together: readonly TopologySum[];
  /** Pods that match each required anti-affinity term. */
  readonly apart: readonly TopologySum[];
  /** Holders of required anti-affinity terms that match this kind. */
  readonly repelledBy: TopologySum[];
  readonly scored: WeightedSum[];
  /** How many of the held terms were compared with this kind. */
  comparedAnti: number;
  comparedScored: number;
}

function podsAt({ nodes, pods }: TopologySum, node: number): number {
  const domain = nodes.key.domainOf[node]!;
  return domain < 0 ? 0 : pods.of(domain);
}

class AffinityFilter implements PodFilter {
  readonly #kind: KindAffinity;

  constructor(kind: KindAffinity) {
    this.#kind = kind;
  }

  check(node: number): Rejection | undefined {
    if (!this.#attracted(node)) return NO_AFFINITY;
    for (const sum of this.#kind.apart) if (podsAt(sum, node) > 0) return ANTI_AFFINITY;
    for (const sum of this.#kind.repelledBy) if (podsAt(sum, node) > 0) return EXISTING_ANTI_AFFINITY;
    return undefined;
  }

  #attracted(node: number): boolean {
    const { together, attractsItself } = this.#kind;
    let allThere = true;
    for (const sum of together) {
      if (sum.nodes.key.domainOf[node]! < 0) return false;
      if (podsAt(sum, node) <= 0) allThere = false;
    }
    return allThere || (attractsItself && together.every(({ total }) => total === 0));
  }
}

class AffinityScore implements PodScore {
  readonly #sums: readonly WeightedSum[];

  constructor(sums: readonly WeightedSum[]) {
    this.#sums = sums;
  }

  score(node: number): number {
    let score = 0;
    for (const { weight, sum } of this.#sums) score += weight * podsAt(sum, node);
    return score;
  }

  normalize(scores: Float64Array, count: number): void {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      if (scores[i]! < min) min = scores[i]!;
      if (scores[i]! > max) max = scores[i]!;
    }
    const range = max - min;
    for (let i = 0; i < count; i++) scores[i] = range > 0 ? Math.trunc(MAX_SCORE * ((scores[i]! - min) / range)) : 0;
  }
}

/**
 * Pods that want to be near others or far from them, and pods that others want so (plugins/interpodaffinity). Counts of
 * matching pods and of holders of terms are kept per domain and only updated, so a cycle never walks over the pods.
 */
class InterPodAffinity implements Plugin {
  readonly name = NAME;
  readonly reach = 'cluster';
  readonly tellsLikeness = true;
  readonly wakes: readonly WakeRule[];
  readonly #table: NodeTable;
  readonly #listers: Listers;
  readonly #args: PluginArgs['interPodAffinity'];
  readonly #terms: Map<PodKind, AffinityTerms>;
  /** By number of the kind. */
  #kinds: ByNumber<KindAffinity>;
  readonly #heldAnti: HeldTerm[];
  readonly #heldScored: HeldTerm[];
  readonly #heldNames: Set<string>;
  /** How many of the kinds of pods were looked through for terms they hold. */
  #kindsMet: number;
  /** Whether any term met so far chooses namespaces by their labels, and the labels that was decided on. */
  #selectsNamespaces: boolean;
  #listersVersion: number;

  constructor(table: NodeTable, listers: Listers, args: PluginArgs['interPodAffinity']) {
    this.wakes = INTER_POD_AFFINITY_WAKES;
    this.#table = table;
    this.#listers = listers;
    this.#args = args;
    this.#terms = new Map();
    this.#kinds = new ByNumber();
    this.#heldAnti = [];
    this.#heldScored = [];
    this.#heldNames = new Set();
    this.#kindsMet = 0;
    this.#selectsNamespaces = false;
    this.#listersVersion = listers.version;
  }

  filter({ kind }: PendingPod): PodFilter | undefined {
    const affinity = this.#affinityOf(kind);
    const { together, apart, repelledBy } = affinity;
    if (together.length === 0 && apart.length === 0 && repelledBy.every(({ total }) => total === 0)) return undefined;
    return new AffinityFilter(affinity);
  }

  score({ kind }: PendingPod): PodScore | undefined {
    const { terms, scored } = this.#affinityOf(kind);
    if (this.#args.ignorePreferredTermsOfExistingPods && terms.preferred.length === 0) return undefined;
    const sums = scored.filter(({ sum }) => sum.total > 0);
    return sums.length === 0 ? undefined : new AffinityScore(sums);
  }

  #affinityOf(kind: PodKind): KindAffinity {
    if (this.#listersVersion !== this.#listers.version) this.#listersChanged();
    this.#meetKinds();
    let affinity = this.#kinds.get(kind.id);
    if (affinity === undefined) {
      affinity = this.#prepare(kind);
      this.#kinds.set(kind.id, affinity);
    }
    while (affinity.comparedAnti < this.#heldAnti.length) {
      const { term, holders } = this.#heldAnti[affinity.comparedAnti++]!;
      if (term.matchesIncoming(kind, this.#listers)) affinity.repelledBy.push(holders);
    }
    while (affinity.comparedScored < this.#heldScored.length) {
      const { term, holders, weight } = this.#heldScored[affinity.comparedScored++]!;
      if (term.matchesIncoming(kind, this.#listers)) affinity.scored.push({ weight, sum: holders });
    }
    return affinity;
  }

  /** Another choice of namespaces means other pods to count. */
  #listersChanged(): void {
    this.#listersVersion = this.#listers.version;
    if (!this.#selectsNamespaces) return;
    this.#kinds = new ByNumber();
    this.#table.recount();
  }

  #prepare(kind: PodKind): KindAffinity {
    const terms = this.#termsOf(kind);
    const matchesAll = (other: PodKind): boolean =>
      terms.affinity.every((term) => term.matchesPlaced(other, this.#listers));
    const all = `matches ${terms.affinity.map(({ text }) => text).join(' and ')}`;
    const scope = { counts: matchesAll, wanted: terms.affinity.flatMap(({ wanted }) => wanted) };
    return {
      terms,
      attractsItself: matchesAll(kind),
      together: terms.affinity.map(({ topologyKey }) => this.#sum(all, scope, topologyKey)),
      apart: terms.antiAffinity.map((term) => this.#matching(term)),
      repelledBy: [],
      scored: terms.preferred.map(({ weight, term }) => ({ weight, sum: this.#matching(term) })),
      comparedAnti: 0,
      comparedScored: 0,
    };
  }

  /** Looks through kinds of pods that appeared since for terms nobody held before. */
  #meetKinds(): void {
    const { all } = this.#table.kinds;
    for (; this.#kindsMet < all.length; this.#kindsMet++) {
      const { affinity, antiAffinity, preferred } = this.#termsOf(all[this.#kindsMet]!);
      this.#hold(this.#heldAnti, 'anti-affinity', antiAffinity, 0, (terms) => terms.antiAffinity);
      this.#hold(this.#heldScored, 'affinity', affinity, this.#args.hardPodAffinityWeight, (terms) => terms.affinity);
      for (const weight of new Set(preferred.map((weighted) => weighted.weight))) {
        const ofWeight = (terms: AffinityTerms): readonly AffinityTerm[] =>
          terms.preferred.filter((weighted) => weighted.weight === weight).map(({ term }) => term);
        this.#hold(
          this.#heldScored,
          `preferred ${weight}`,
          ofWeight(this.#termsOf(all[this.#kindsMet]!)),
          weight,
          ofWeight,
        );
      }
    }
  }

  /** Starts counting the holders of each term; a pod that states the same term twice holds it twice. */
  #hold(
    held: HeldTerm[],
    sort: string,
    terms: readonly AffinityTerm[],
    weight: number,
    of: (terms: AffinityTerms) => readonly AffinityTerm[],
  ): void {
    const times = new Map<string, number>();
    for (const term of terms) {
      const time = (times.get(term.text) ?? 0) + 1;
      times.set(term.text, time);
      const name = `holds ${sort} ${time}: ${term.text}`;
      if (this.#heldNames.has(name)) continue;
      this.#heldNames.add(name);
      const holds = (kind: PodKind): boolean =>
        of(this.#termsOf(kind)).filter(({ text }) => text === term.text).length >= time;
      held.push({ term, weight, holders: this.#sum(name, { counts: holds }, term.topologyKey) });
    }
  }

  #matching(term: AffinityTerm): TopologySum {
    const counts = (kind: PodKind): boolean => term.matchesPlaced(kind, this.#listers);
    return this.#sum(`matches ${term.text}`, { counts, wanted: term.wanted }, term.topologyKey);
  }

  #sum(name: string, scope: TallyScope, topologyKey: string): TopologySum {
    const tally = this.#table.tally(name, scope);
    return this.#table.sum(tally, this.#table.topologyKey(topologyKey), 'all nodes', () => true);
  }

  #termsOf(kind: PodKind): AffinityTerms {
    let terms = this.#terms.get(kind);
    if (terms === undefined) {
      terms = affinityTermsOf(kind.shape, kind.namespace);
      this.#terms.set(kind, terms);
      const all = [...terms.affinity, ...terms.antiAffinity, ...terms.preferred.map(({ term }) => term)];
      if (all.some(({ selectsNamespaces }) => selectsNamespaces)) this.#selectsNamespaces = true;
    }
    return terms;
  }
}

export function interPodAffinity(table: NodeTable, listers: Listers, args: PluginArgs['interPodAffinity']): Plugin {
  return new InterPodAffinity(table, listers, args);
}
