import { ByNumber } from '../../../api/by-number.js';
import { SelectorIndex } from '../../../api/selector-index.js';
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
  /** What each holder adds to the score of its domain; undefined where it rules that out. */
  readonly weight: number | undefined;
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
  /** By what they speak of: each Deployment may have terms of its own. */
  readonly #held: SelectorIndex<HeldTerm>;
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
    this.#held = new SelectorIndex();
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
    return affinity;
  }

  /** A term that is held may speak of a kind. */
  #apply({ term, weight, holders }: HeldTerm, kind: PodKind, { repelledBy, scored }: KindAffinity): void {
    if (!term.matchesIncoming(kind, this.#listers)) return;
    if (weight === undefined) repelledBy.push(holders);
    else scored.push({ weight, sum: holders });
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
    const affinity: KindAffinity = {
      terms,
      attractsItself: matchesAll(kind),
      together: terms.affinity.map(({ topologyKey }) => this.#sum(all, scope, topologyKey)),
      apart: terms.antiAffinity.map((term) => this.#matching(term)),
      repelledBy: [],
      scored: terms.preferred.map(({ weight, term }) => ({ weight, sum: this.#matching(term) })),
    };
    for (const held of this.#held.candidates(kind.marks)) this.#apply(held, kind, affinity);
    return affinity;
  }

  /** Looks through kinds of pods that appeared since for the terms they hold. */
  #meetKinds(): void {
    const { all } = this.#table.kinds;
    for (; this.#kindsMet < all.length; this.#kindsMet++) {
      const kind = all[this.#kindsMet]!;
      const { affinity, antiAffinity, preferred } = this.#termsOf(kind);
      const times = new Map<string, number>();
      for (const term of antiAffinity) this.#hold(kind, 'anti-affinity', term, undefined, times);
      for (const term of affinity) this.#hold(kind, 'affinity', term, this.#args.hardPodAffinityWeight, times);
      for (const { term, weight } of preferred) this.#hold(kind, `preferred ${weight}`, term, weight, times);
    }
  }

  /** Counts a kind among the holders of a term; pods that state the same term twice hold it twice. */
  #hold(kind: PodKind, sort: string, term: AffinityTerm, weight: number | undefined, times: Map<string, number>): void {
    const stated = `${sort}: ${term.text}`;
    const time = (times.get(stated) ?? 0) + 1;
    times.set(stated, time);
    const name = `holds ${time} ${stated}`;
    this.#table.mark(kind, name);
    if (this.#heldNames.has(name)) return;
    this.#heldNames.add(name);
    const holders = this.#sum(name, { counts: () => true, wanted: [[name]] }, term.topologyKey);
    const held = { term, weight, holders };
    this.#held.add(held, term.wanted);
    for (const other of this.#table.kinds.marked(term.wanted)) {
      const affinity = this.#kinds.get(other.id);
      if (affinity !== undefined) this.#apply(held, other, affinity);
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
