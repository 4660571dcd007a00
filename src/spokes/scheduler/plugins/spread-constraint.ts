import { compileSelector, type LabelSelector, Selector } from '../../../api/label-selector.js';
import { type Labels, ZONE_LABEL } from '../../../api/labels.js';
import { suits } from '../../../api/node-fit.js';
import type { PodShape } from '../../../api/pod-shape.js';
import { Requirement } from '../../../api/requirement.js';
import { firstUntoleratedTaint } from '../../../api/taint.js';
import { wantedLabels } from '../../../api/wanted-labels.js';
import type { Listers } from '../listers.js';
import type { NodeTable } from '../node-table.js';
import type { PodKind } from '../pod-kind.js';
import type { Tally } from '../tally.js';
import type { TopologyKey } from '../topology-key.js';
import type { TopologySum } from '../topology-sum.js';

export const HOSTNAME = 'kubernetes.io/hostname';

/** A constraint as pods and scheduler configurations write it (v1.TopologySpreadConstraint). */
export interface SpreadConstraintManifest {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway' | (string & {});
  readonly labelSelector?: LabelSelector | null;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
  readonly matchLabelKeys?: readonly string[];
}

/** What holds for pods that state no constraints of their own (podtopologyspread systemDefaultConstraints). */
export const SYSTEM_DEFAULTS: readonly SpreadConstraintManifest[] = [
  { maxSkew: 3, topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: ZONE_LABEL, whenUnsatisfiable: 'ScheduleAnyway' },
];

/** A constraint prepared for the pods of one kind, with the counts it needs. */
export class SpreadConstraint {
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly key: TopologyKey;
  /** Whether the pod itself counts. */
  readonly selfMatch: boolean;
  /** Matching pods by node. */
  readonly tally: Tally;
  readonly #makeSum: () => TopologySum;
  #sum: TopologySum | undefined;

  constructor(
    manifest: SpreadConstraintManifest,
    key: TopologyKey,
    selfMatch: boolean,
    tally: Tally,
    makeSum: () => TopologySum,
  ) {
    this.maxSkew = manifest.maxSkew;
    this.minDomains = manifest.minDomains ?? 1;
    this.key = key;
    this.selfMatch = selfMatch;
    this.tally = tally;
    this.#makeSum = makeSum;
    this.#sum = undefined;
  }

  /**
   * Matching pods by domain, counted from when they are asked for first: for a soft constraint on hosts they never are,
   * and in a cluster of 100,000 nodes that would be two megabytes for every Deployment.
   */
  get sum(): TopologySum {
    this.#sum ??= this.#makeSum();
    return this.#sum;
  }
}

/** The constraints that pods of a shape state themselves. */
export function statedConstraints({ spec }: PodShape): readonly SpreadConstraintManifest[] {
  return (spec.topologySpreadConstraints ?? []) as readonly SpreadConstraintManifest[];
}

/** The selector of a stated constraint, narrowed to the pod's own values of `matchLabelKeys`. */
export function selectorOf({ labelSelector, matchLabelKeys }: SpreadConstraintManifest, labels: Labels): Selector {
  const selector = compileSelector(labelSelector);
  const own = (matchLabelKeys ?? []).filter((key) => Object.hasOwn(labels, key));
  if (own.length === 0 || selector.nothing) return selector;
  return new Selector([...selector.requirements, ...own.map((key) => equal(key, labels[key]!))], false);
}

function equal(key: string, value: string): Requirement {
  return new Requirement(key, '=', [value]);
}

/** What pods count as alike by default: those that the same services and the same owner select (plugins/helper DefaultSelector). */
export function defaultSelector({ namespace, labels, owner }: PodKind, listers: Listers): Selector {
  const wanted: Record<string, string> = {};
  for (const service of listers.serviceSelectors(namespace, labels)) Object.assign(wanted, service);
  const requirements = Object.entries(wanted).map(([key, value]) => equal(key, value));
  const owned = owner === undefined ? undefined : listers.ownerSelector(namespace, owner);
  if (owned !== undefined && owned !== null) requirements.push(...compileSelector(owned).requirements);
  return new Selector(requirements, false);
}

/** Sets up the counting for a constraint; `requiredKeys` are those a node must have to count at all. */
export function prepareConstraint(
  table: NodeTable,
  kind: PodKind,
  manifest: SpreadConstraintManifest,
  selector: Selector,
  requiredKeys: readonly TopologyKey[],
): SpreadConstraint {
  const { namespace, labels, shape } = kind;
  const key = table.topologyKey(manifest.topologyKey);
  const honorsTaints = manifest.nodeTaintsPolicy === 'Honor';
  const honorsAffinity = manifest.nodeAffinityPolicy !== 'Ignore';
  const tally = spreadTally(table, namespace, selector);
  const picky = honorsAffinity && (shape.nodeSelector !== undefined || shape.requiredNodeAffinity !== undefined);
  const eligibility = [
    `nodes with ${requiredKeys.map(({ name }) => name).join(' ')}`,
    picky ? `suiting shape ${shape.id}` : '',
    honorsTaints ? `tolerated by shape ${shape.id}` : '',
  ].join(' ');
  const eligible = (index: number): boolean => {
    if (requiredKeys.some(({ domainOf }) => domainOf[index]! < 0)) return false;
    const node = table.nodes[index]!;
    if (picky && !suits(shape, node)) return false;
    return !honorsTaints || firstUntoleratedTaint(node.spec.taints, shape.tolerations) === undefined;
  };
  return new SpreadConstraint(manifest, key, selector.matches(labels), tally, () =>
    table.sum(tally, key, eligibility, eligible),
  );
}

/**
 * The pods of a namespace that a selector matches. Those being deleted do not count, nor does any for a selector without
 * requirements; but preemption adds and subtracts them all the same (podtopologyspread updateWithPod).
 */
function spreadTally(table: NodeTable, namespace: string, selector: Selector): Tally {
  if (selector.nothing) return table.tally('spread: none', { counts: () => false });
  const matches = (other: PodKind): boolean => other.namespace === namespace && selector.matches(other.labels);
  const counts = (other: PodKind): boolean => !selector.empty && !other.deleting && matches(other);
  const wanted = wantedLabels([namespace], selector);
  return table.tally(`spread: ${namespace} ${selector}`, { counts, follows: matches, wanted });
}
