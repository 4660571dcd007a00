import { ln } from '../../../random/ln.js';
import type { Listers } from '../listers.js';
import type { NodeTable } from '../node-table.js';
import { type Likeness, MAX_SCORE, type PendingPod, type Plugin, type PodFilter, type PodScore } from '../plugin.js';
import type { PluginArgs } from '../plugin-args.js';
import type { PodKind } from '../pod-kind.js';
import { type Rejection, unresolvable, unschedulable } from '../rejection.js';
import {
  defaultSelector,
  HOSTNAME,
  prepareConstraint,
  type SpreadConstraint,
  SYSTEM_DEFAULTS,
  selectorOf,
  statedConstraints,
} from './spread-constraint.js';
import { SPREAD_WAKES } from './spread-wakes.js';

const NAME = 'PodTopologySpread';
const TOO_SKEWED = unschedulable(NAME, "node(s) didn't match pod topology spread constraints");
const LABEL_MISSING = unresolvable(
  NAME,
  "node(s) didn't match pod topology spread constraints (missing required label)",
);

/** The constraints of one kind of pods: those that must hold and those that should. */
interface KindConstraints {
  readonly hard: readonly SpreadConstraint[];
  readonly soft: readonly SpreadConstraint[];
  /** Whether nodes must have the labels of all soft constraints to be scored. */
  readonly needsAllKeys: boolean;
  /** What the score of a node follows from, if that is little enough. */
  readonly likeness: Likeness | undefined;
}

const UNCONSTRAINED: KindConstraints = { hard: [], soft: [], needsAllKeys: false, likeness: undefined };

/** Rejects nodes whose domain would hold too many more pods than the emptiest one. */
class SpreadFilter implements PodFilter {
  readonly #constraints: readonly SpreadConstraint[];
  /** Fewest matching pods in any domain, by constraint. */
  readonly #fewest: readonly number[];

  constructor(constraints: readonly SpreadConstraint[]) {
    this.#constraints = constraints;
    this.#fewest = constraints.map(fewest);
  }

  check(node: number): Rejection | undefined {
    for (let i = 0; i < this.#constraints.length; i++) {
      const { key, sum, selfMatch, maxSkew } = this.#constraints[i]!;
      const domain = key.domainOf[node]!;
      if (domain < 0) return LABEL_MISSING;
      const skew = sum.pods.of(domain) + (selfMatch ? 1 : 0) - this.#fewest[i]!;
      if (skew > maxSkew) return TOO_SKEWED;
    }
    return undefined;
  }
}

function fewest({ sum: { nodes, pods }, minDomains }: SpreadConstraint): number {
  if (nodes.domainCount < minDomains) return 0;
  let min = Number.POSITIVE_INFINITY;
  for (let domain = 0; domain < nodes.counts.length; domain++) {
    if (nodes.counts[domain]! > 0) min = Math.min(min, pods.of(domain));
  }
  return min;
}

const COUNT_BITS = 10;

/** Nodes with as many matching pods in the same domains are alike. Stated constraints may ignore nodes and are not told apart so. */
function likenessOf(soft: readonly SpreadConstraint[], needsAllKeys: boolean): Likeness | undefined {
  if (needsAllKeys || soft.length === 0 || soft.length > 2) return undefined;
  return {
    of(node) {
      let sum = 0;
      for (const { key, tally } of soft) {
        const part = 1 + (key.name === HOSTNAME ? tally.perNode.of(node) : key.domainOf[node]!);
        if (part >= 1 << COUNT_BITS) return -1;
        sum = (sum << COUNT_BITS) + (key.domainOf[node]! < 0 ? 0 : part);
      }
      return sum;
    },
  };
}

/** Likes domains with few matching pods; domains of a key with many values weigh more. */
class SpreadScore implements PodScore {
  readonly likeness: Likeness | undefined;
  readonly #constraints: readonly SpreadConstraint[];
  readonly #needsAllKeys: boolean;
  readonly #feasible: Int32Array;
  readonly #count: number;
  readonly #standFor: number;
  /** Of each constraint; not before a node is scored, as most are asked for their likeness alone. */
  #weights: readonly number[] | undefined;

  constructor(
    { soft, needsAllKeys, likeness }: KindConstraints,
    feasible: Int32Array,
    count: number,
    standFor: number,
  ) {
    this.likeness = likeness;
    this.#constraints = soft;
    this.#needsAllKeys = needsAllKeys;
    this.#feasible = feasible;
    this.#count = count;
    this.#standFor = standFor;
    this.#weights = undefined;
  }

  score(node: number): number {
    const scores = new Float64Array(1);
    this.scoreAll(scores, Int32Array.of(node), 1);
    return scores[0]!;
  }

  scoreAll(scores: Float64Array, nodes: Int32Array, count: number): void {
    scores.fill(0, 0, count);
    this.#weights ??= this.#constraints.map((constraint) => ln(this.#domains(constraint) + 2));
    for (let i = 0; i < this.#constraints.length; i++) {
      const { key, maxSkew, tally } = this.#constraints[i]!;
      const weight = this.#weights[i]!;
      const { domainOf, domains } = key;
      if (domains.length === 0) continue;
      // The nodes of a host's domain are that one node.
      const byDomain = key.name === HOSTNAME ? undefined : this.#constraints[i]!.sum.pods;
      for (let j = 0; j < count; j++) {
        const node = nodes[j]!;
        const domain = domainOf[node]!;
        if (domain < 0) continue;
        const pods = byDomain === undefined ? tally.perNode.of(node) : byDomain.of(domain);
        scores[j]! += pods * weight + (maxSkew - 1);
      }
    }
    for (let j = 0; j < count; j++) scores[j] = this.#ignores(nodes[j]!) ? 0 : Math.round(scores[j]!);
  }

  normalize(scores: Float64Array, count: number): void {
    let min = Number.POSITIVE_INFINITY;
    let max = 0;
    for (let i = 0; i < count; i++) {
      if (this.#ignores(this.#feasible[i]!)) continue;
      if (scores[i]! < min) min = scores[i]!;
      if (scores[i]! > max) max = scores[i]!;
    }
    for (let i = 0; i < count; i++) {
      if (this.#ignores(this.#feasible[i]!)) scores[i] = 0;
      else scores[i] = max === 0 ? MAX_SCORE : Math.trunc((MAX_SCORE * (max + min - scores[i]!)) / max);
    }
  }

  #ignores(node: number): boolean {
    if (!this.#needsAllKeys) return false;
    for (const { key } of this.#constraints) if (key.domainOf[node]! < 0) return true;
    return false;
  }

  /** Number of different values that the feasible nodes have; a missing label counts as one value. */
  #domains({ key }: SpreadConstraint): number {
    const count = this.#count;
    const onHost = key.name === HOSTNAME;
    if (onHost && !this.#needsAllKeys) return this.#standFor;
    if (key.domains.length === 0 && !this.#needsAllKeys) return Math.min(1, count);
    const seen = new Uint8Array(key.domains.length + 1);
    let ignored = 0;
    let values = 0;
    for (let i = 0; i < count; i++) {
      const node = this.#feasible[i]!;
      const value = key.domainOf[node]! + 1;
      if (this.#ignores(node)) ignored++;
      else if (seen[value] === 0) {
        seen[value] = 1;
        values++;
      }
    }
    return onHost ? count - ignored : values;
  }
}

function constraintsFrom(of: (action: string) => readonly SpreadConstraint[], needsAllKeys: boolean): KindConstraints {
  const soft = of('ScheduleAnyway');
  return { hard: of('DoNotSchedule'), soft, needsAllKeys, likeness: likenessOf(soft, needsAllKeys) };
}

/**
 * Spreads matching pods over the domains of topology keys (plugins/podtopologyspread). Pods without constraints get the
 * system defaults, which count only for pods that a service or a ReplicaSet selects: bare pods are not spread.
 */
export function podTopologySpread(
  table: NodeTable,
  listers: Listers,
  { defaultConstraints }: PluginArgs['podTopologySpread'],
): Plugin {
  const defaults = defaultConstraints ?? SYSTEM_DEFAULTS;
  // The system's defaults also count nodes that lack a key (systemDefaulted).
  const needsAllKeys = defaultConstraints !== undefined;
  const known = new Map<PodKind, KindConstraints>();
  /** Constraints that follow from services and owners. */
  const byDefault = new Map<PodKind, KindConstraints>();
  /** The kind that was asked for last, and its constraints if they are kept. */
  let lastKind: PodKind | undefined;
  let lastConstraints = UNCONSTRAINED;
  let version = listers.version;

  function stated(kind: PodKind, action: string): readonly SpreadConstraint[] {
    const manifests = statedConstraints(kind.shape).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
    const keys = manifests.map(({ topologyKey }) => table.topologyKey(topologyKey));
    return manifests.map((manifest) =>
      prepareConstraint(table, kind, manifest, selectorOf(manifest, kind.labels), keys),
    );
  }

  function constraintsOf(kind: PodKind): KindConstraints {
    if (version !== listers.version) {
      version = listers.version;
      byDefault.clear();
      lastKind = undefined;
    }
    if (kind === lastKind) return lastConstraints;
    let constraints = known.get(kind) ?? byDefault.get(kind);
    if (constraints !== undefined) {
      lastKind = kind;
      lastConstraints = constraints;
      return constraints;
    }
    if (statedConstraints(kind.shape).length > 0) {
      constraints = constraintsFrom((action) => stated(kind, action), true);
    } else {
      if (defaults.length === 0) return UNCONSTRAINED;
      const selector = defaultSelector(kind, listers);
      const of = (action: string): readonly SpreadConstraint[] => {
        const manifests = defaults.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
        const keys = needsAllKeys ? manifests.map(({ topologyKey }) => table.topologyKey(topologyKey)) : [];
        return manifests.map((manifest) => prepareConstraint(table, kind, manifest, selector, keys));
      };
      constraints = selector.empty ? UNCONSTRAINED : constraintsFrom(of, needsAllKeys);
      // The owner may not have reached this cache yet: look again next time.
      if (kind.owner !== undefined && listers.ownerSelector(kind.namespace, kind.owner) === null) return constraints;
      byDefault.set(kind, constraints);
      return constraints;
    }
    known.set(kind, constraints);
    return constraints;
  }

  return {
    name: NAME,
    reach: 'cluster',
    wakes: SPREAD_WAKES,
    tellsLikeness: true,
    filter({ kind }: PendingPod): PodFilter | undefined {
      const { hard } = constraintsOf(kind);
      return hard.length === 0 ? undefined : new SpreadFilter(hard);
    },
    score({ kind }: PendingPod, feasible: Int32Array, count: number, standFor = count): PodScore | undefined {
      const constraints = constraintsOf(kind);
      return constraints.soft.length === 0 ? undefined : new SpreadScore(constraints, feasible, count, standFor);
    },
  };
}
