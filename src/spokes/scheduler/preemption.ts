import type { Pod } from '../../api/pod.js';
import { Diagnosis } from './diagnosis.js';
import { type DisruptionBudget, splitByBudget } from './disruption-budget.js';
import type { KeptAnswers } from './kept-answers.js';
import type { NodeTable } from './node-table.js';
import type { PlacedPod } from './placed-pod.js';
import type { PendingPod } from './plugin.js';
import { DEFAULT_ARGS, type PluginArgs } from './plugin-args.js';
import { type Rejection, unresolvable } from './rejection.js';
import { RejectionCounts } from './rejection-counts.js';
import type { Draw } from './search.js';
import { NOBODY, type Verdicts } from './verdicts.js';

const NAME = 'DefaultPreemption';
const NO_VICTIMS = unresolvable(NAME, 'No preemption victims found for incoming pod');
const NOT_HELPFUL = unresolvable(NAME, 'Preemption is not helpful for scheduling');

/** Reason that victims bear in their status (v1.PodReasonPreemptionByScheduler). */
export const PREEMPTED = 'PreemptionByScheduler';

/** Pods that must leave a node to make room, the most important first. */
export interface Candidate {
  readonly node: number;
  readonly victims: readonly PlacedPod[];
  readonly budgetViolations: number;
}

/** What an attempt to preempt came to. */
export interface PreemptionResult {
  /** Whether the pod may preempt at all. */
  readonly eligible: boolean;
  /** The node to make room on. */
  readonly chosen: Candidate | undefined;
  /** How often it was asked whether the pod would fit. */
  readonly judged: number;
  /** What to add to the message of the failed attempt; `''` if there is a candidate. */
  readonly message: string;
}

/** Where the profile has no preemption. */
export const NO_PREEMPTION: PreemptionResult = {
  eligible: true,
  chosen: undefined,
  judged: 0,
  message: '',
};

/** What a dry run of preemption found. */
export interface DryRun {
  /** All nodes on which removing pods would help, as far as they were tried. */
  readonly candidates: readonly Candidate[];
  /** Why other nodes cannot help. */
  readonly notHelpful: ReadonlyMap<number, Rejection>;
}

/**
 * Finds the node on which the least harm makes room for a pod (framework/preemption, plugins/defaultpreemption). The dry
 * run takes pods out of the table itself and puts them back: every count the plugins keep follows exactly.
 */
export class Preemption {
  readonly #table: NodeTable;
  readonly #verdicts: Verdicts;
  readonly #budgets: () => readonly DisruptionBudget[];
  readonly #draw: Draw;
  readonly #args: PluginArgs['defaultPreemption'];
  #judged: number;
  /** What was said last where there is nobody to remove, and on which diagnosis. */
  #hopeless: PreemptionResult;
  #hopelessFor: Diagnosis | undefined;
  /** For shapes of which a pod has found no node that it could make room on. */
  readonly #helpless: WeakMap<KeptAnswers, RejectionCounts>;

  /** `args` say how many nodes are tried at least: a share of all, and a number. */
  constructor(
    table: NodeTable,
    verdicts: Verdicts,
    budgets: () => readonly DisruptionBudget[],
    draw: Draw,
    args: PluginArgs['defaultPreemption'] = DEFAULT_ARGS.defaultPreemption,
  ) {
    this.#args = args;
    this.#table = table;
    this.#verdicts = verdicts;
    this.#budgets = budgets;
    this.#draw = draw;
    this.#judged = 0;
    this.#hopeless = NO_PREEMPTION;
    this.#hopelessFor = undefined;
    this.#helpless = new WeakMap();
  }

  /**
   * Why the pod may not preempt at all; undefined if it may. A node that was out of the question from the start is none
   * that the pod need wait for (PodEligibleToPreemptOthers).
   */
  ineligible(pending: PendingPod): string | undefined {
    const { pod } = pending;
    if (pod.spec.shape.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
    const nominated = this.#table.indexOf(pod.status.nominatedNodeName);
    if (nominated === undefined || this.#verdicts.rejection(pending, nominated)?.code !== 'Unschedulable')
      return undefined;
    const waits = this.#table.pods[nominated]!.some(({ pod: other }) => {
      return isLess(other, pod) && other.metadata.deleting && other.status.reason === PREEMPTED;
    });
    return waits ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
  }

  /** `diagnosis`: why the pod fits on no node. */
  run(pod: PendingPod, diagnosis: Diagnosis): PreemptionResult {
    const reason = this.ineligible(pod);
    if (reason !== undefined) return { ...NO_PREEMPTION, eligible: false, message: `preemption: ${reason}` };
    if (diagnosis.resolvable === 0 || !this.#table.hasPriorityBelow(pod.kind.shape.priority))
      return this.#withoutVictims(diagnosis);
    const known = this.#knownHelpless(pod);
    if (known !== undefined) {
      // The dry run would have drawn where to begin, and asked once wherever there is a lesser pod.
      this.#draw.below(diagnosis.resolvable);
      const judged = diagnosis.resolvable - (known.nodes.get(NO_VICTIMS) ?? 0);
      return { ...NO_PREEMPTION, judged, message: `preemption: ${known.message}` };
    }
    this.#judged = 0;
    const { candidates, notHelpful } = this.dryRun(pod);
    const judged = this.#judged;
    if (candidates.length > 0) {
      const best = leastHarm(candidates);
      const chosen = best[best.length === 1 ? 0 : this.#draw.below(best.length)]!;
      return { eligible: true, chosen, judged, message: '' };
    }
    this.#keepHelpless(pod);
    const met = new Map<Rejection, number>();
    for (const rejection of notHelpful.values()) met.set(rejection, (met.get(rejection) ?? 0) + 1);
    return { ...NO_PREEMPTION, judged, message: this.#explain(met, notHelpful.size) };
  }

  /** Why a pod like one before that could make room nowhere still cannot, on every node. */
  #knownHelpless(pod: PendingPod): Diagnosis | undefined {
    const counts = this.#helpless.get(this.#verdicts.answersFor(pod));
    if (counts?.order !== this.#table.order() || !this.#verdicts.isOrdinary(pod)) return undefined;
    return counts.diagnosis();
  }

  #keepHelpless(pod: PendingPod): void {
    const answers = this.#verdicts.answersFor(pod);
    if (this.#helpless.get(answers)?.order === this.#table.order() || !this.#verdicts.isOrdinary(pod)) return;
    this.#helpless.set(answers, new RejectionCounts(this.#table, (node) => this.#remaining(pod, node)));
  }

  /** What is against pods like this one on a node though all lesser pods leave; undefined if nothing is. */
  #remaining(pod: PendingPod, node: number): Rejection | undefined {
    const rejection = this.#verdicts.explain(pod, node, NOBODY);
    if (rejection?.code !== 'Unschedulable') return rejection && NOT_HELPFUL;
    const lesser = this.#lesserPods(pod, node);
    if (lesser.length === 0) return NO_VICTIMS;
    return this.#table.trial(node, () => {
      for (const placed of lesser) this.#table.remove(placed);
      const remaining = this.#verdicts.judge(pod, node, NOBODY);
      for (const placed of lesser) this.#table.restore(placed);
      return remaining;
    });
  }

  /** There are no pods of lower priority, or none whose removal could help. */
  #withoutVictims(diagnosis: Diagnosis): PreemptionResult {
    if (this.#hopelessFor !== diagnosis) {
      const { resolvable } = diagnosis;
      const met = new Map(resolvable === 0 ? [] : [[NO_VICTIMS, resolvable]]);
      this.#hopeless = { ...NO_PREEMPTION, message: this.#explain(met, resolvable) };
      this.#hopelessFor = diagnosis;
    }
    return this.#hopeless;
  }

  /** Tries the nodes that removing pods may help from a random one on, until there are enough to choose from. */
  dryRun(pod: PendingPod): DryRun {
    const potential = [...this.#verdicts.rejections(pod)].filter(isResolvable).map(([node]) => node);
    const notHelpful = new Map<number, Rejection>();
    if (potential.length === 0) return { candidates: [], notHelpful };
    const { minCandidateNodesPercentage, minCandidateNodesAbsolute } = this.#args;
    const share = Math.trunc((potential.length * minCandidateNodesPercentage) / 100);
    const wanted = Math.min(potential.length, Math.max(share, minCandidateNodesAbsolute));
    const offset = this.#draw.below(potential.length);
    const unharmed: Candidate[] = [];
    const violating: Candidate[] = [];
    for (let i = 0; i < potential.length; i++) {
      const node = potential[(offset + i) % potential.length]!;
      const found = this.#table.trial(node, () => this.#victimsOn(pod, node));
      if (!('victims' in found)) notHelpful.set(node, found);
      else (found.budgetViolations === 0 ? unharmed : violating).push(found);
      if (unharmed.length > 0 && unharmed.length + violating.length >= wanted) break;
    }
    return { candidates: [...unharmed, ...violating], notHelpful };
  }

  #lesserPods({ pod }: PendingPod, node: number): PlacedPod[] {
    return this.#table.pods[node]!.filter((placed) => isLess(placed.pod, pod));
  }

  /** The fewest and least pods of a node to remove for the pod to fit; the rejection that remains if none help. */
  #victimsOn(pod: PendingPod, node: number): Candidate | Rejection {
    const potential = this.#lesserPods(pod, node);
    if (potential.length === 0) return NO_VICTIMS;
    for (const placed of potential) this.#table.remove(placed);
    const rejection = this.#judge(pod, node);
    if (rejection !== undefined) {
      for (const placed of potential) this.#table.restore(placed);
      return rejection;
    }
    const { violating, harmless } = splitByBudget(potential.sort(byImportance), this.#budgets());
    const violators = this.#reprieve(pod, node, violating);
    const victims = [...violators, ...this.#reprieve(pod, node, harmless)].sort(byImportance);
    for (const placed of victims) this.#table.restore(placed);
    return { node, victims, budgetViolations: violators.length };
  }

  /** Puts pods back one by one while the pod still fits; returns those that must stay away. */
  #reprieve(pod: PendingPod, node: number, placed: readonly PlacedPod[]): readonly PlacedPod[] {
    return placed.filter((victim) => {
      this.#table.restore(victim);
      if (this.#judge(pod, node) === undefined) return false;
      this.#table.remove(victim);
      return true;
    });
  }

  #judge(pod: PendingPod, node: number): Rejection | undefined {
    this.#judged++;
    return this.#verdicts.judge(pod, node);
  }

  /** `met`: what so many nodes met that were tried. */
  #explain(met: ReadonlyMap<Rejection, number>, tried: number): string {
    const totalNodes = this.#table.size;
    const nodes = tried === totalNodes ? met : new Map([...met, [NOT_HELPFUL, totalNodes - tried]]);
    return `preemption: ${new Diagnosis(totalNodes, nodes).message}`;
  }
}

function isResolvable([, { code }]: readonly [number, Rejection]): boolean {
  return code === 'Unschedulable';
}

function isLess(pod: Pod, than: Pod): boolean {
  return pod.spec.shape.priority < than.spec.shape.priority;
}

/** When a pod started; pods that have not yet count as starting now. */
function startOf({ pod }: PlacedPod): number {
  return pod.status.startTimeNs < 0 ? Number.POSITIVE_INFINITY : pod.status.startTimeNs;
}

/** Higher priority first, then earlier start (util.MoreImportantPod). */
function byImportance(a: PlacedPod, b: PlacedPod): number {
  const byPriority = b.kind.shape.priority - a.kind.shape.priority;
  if (byPriority !== 0) return byPriority;
  const [startA, startB] = [startOf(a), startOf(b)];
  return startA === startB ? a.pod.id - b.pod.id : startA - startB;
}

/** What is worse about a candidate, most weighty first; lower is better (preemption.go pickOneNodeForPreemption). */
const HARM: readonly ((candidate: Candidate) => number)[] = [
  ({ budgetViolations }) => budgetViolations,
  ({ victims }) => victims[0]!.kind.shape.priority,
  ({ victims }) => victims.reduce((sum, { kind }) => sum + kind.shape.priority + 2 ** 31, 0),
  ({ victims }) => victims.length,
  ({ victims }) => {
    const highest = victims[0]!.kind.shape.priority;
    return -Math.min(...victims.filter(({ kind }) => kind.shape.priority === highest).map(startOf));
  },
];

/** The candidates that none other beats. */
export function leastHarm(candidates: readonly Candidate[]): readonly Candidate[] {
  let left = candidates;
  for (const harm of HARM) {
    const least = Math.min(...left.map(harm));
    left = left.filter((candidate) => harm(candidate) === least);
  }
  return left;
}
