import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import { nonZeroRequests } from '../../../api/pod-resources.js';
import { toResources } from '../../../api/resource-list.js';
import type { Resources } from '../../../api/resources.js';
import { ADD, DELETE, UPDATE_NODE_ALLOCATABLE, UPDATE_POD_SCALE_DOWN, type WakeRule } from '../cluster-event.js';
import type { NodeTable } from '../node-table.js';
import type { PendingPod, Plugin, PodFilter, PodScore } from '../plugin.js';
import type { PluginArgs, ScoringStrategy } from '../plugin-args.js';
import { type Rejection, unresolvable, unschedulable } from '../rejection.js';
import { CPU, MEMORY } from '../resource-columns.js';
import { leastRequested, StrategyScore } from './resource-scores.js';

const NAME = 'NodeResourcesFit';

/** The amounts of a request that are not 0, by name. */
function* requested(requests: Resources): Generator<readonly [(of: Resources) => number, number]> {
  if (requests.milliCpu > 0) yield [(of) => of.milliCpu, requests.milliCpu];
  if (requests.memory > 0) yield [(of) => of.memory, requests.memory];
  if (requests.ephemeralStorage > 0) yield [(of) => of.ephemeralStorage, requests.ephemeralStorage];
  for (const [name, amount] of requests.extended) if (amount > 0) yield [(of) => of.extended.get(name) ?? 0, amount];
}

/** Whether the node, were it empty, could hold the pod, and now offers more of something the pod wants. */
function nodeHelps(waiting: Pod, before: Node | undefined, after: Node): boolean {
  const { requests } = waiting.spec.shape;
  const now = after.status.allocatable;
  if (now.pods < 1) return false;
  for (const [of, amount] of requested(requests)) if (amount > of(now)) return false;
  if (before === undefined) return true;
  const old = before.status.allocatable;
  if (now.pods > old.pods) return true;
  for (const [of] of requested(requests)) if (of(now) > of(old)) return true;
  return false;
}

/** Whether a deleted or shrunken pod gave up something the pod wants. */
function podHelps(waiting: Pod, before: Pod, after: Pod | undefined): boolean {
  if (after === undefined) return before.spec.nodeName !== '' || before.status.nominatedNodeName !== '';
  if (after.id === waiting.id) return true;
  if (after.spec.nodeName === '') return false;
  for (const [of] of requested(waiting.spec.shape.requests)) {
    if (of(before.spec.shape.requests) > of(after.spec.shape.requests)) return true;
  }
  return false;
}

const WAKES: readonly WakeRule[] = [
  {
    resource: 'Pod',
    actions: DELETE | UPDATE_POD_SCALE_DOWN,
    hint: (waiting, { before, after }) => podHelps(waiting, before as Pod, after as Pod | undefined),
  },
  {
    resource: 'Node',
    actions: ADD | UPDATE_NODE_ALLOCATABLE,
    hint: (waiting, { before, after }) => nodeHelps(waiting, before as Node | undefined, after as Node),
  },
];

/** Compares what a pod requests with what a node has left. Lacking resources are noted as bits and worded once per pair. */
class FitCheck implements PodFilter {
  readonly #table: NodeTable;
  readonly #columns: Int32Array;
  readonly #amounts: Float64Array;
  readonly #rejections: Map<number, Rejection> = new Map();

  constructor(table: NodeTable, { kind }: PendingPod, ignores: (resource: string) => boolean) {
    const demands = table.requestsOf(kind).filter(({ column }) => !ignores(table.resources.names[column]!));
    this.#table = table;
    this.#columns = Int32Array.from(demands, ({ column }) => column);
    this.#amounts = Float64Array.from(demands, ({ amount }) => amount);
  }

  check(node: number): Rejection | undefined {
    const table = this.#table;
    const { allocatable, requested } = table.resources;
    let lacking = table.pods[node]!.length + 1 > table.allowedPods[node]! ? 1 : 0;
    let hopeless = false;
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]!;
      const amount = this.#amounts[i]!;
      const offered = allocatable[column]![node]!;
      if (amount <= offered - requested[column]![node]!) continue;
      lacking |= 2 << i;
      if (amount > offered) hopeless = true;
    }
    return lacking === 0 ? undefined : this.#rejection(hopeless ? -lacking : lacking);
  }

  /** `code`: bit 0 pods, bit i + 1 the i-th demand; negative when the node is too small even if empty. */
  #rejection(code: number): Rejection {
    let rejection = this.#rejections.get(code);
    if (rejection === undefined) {
      const lacking = Math.abs(code);
      const reasons = (lacking & 1) === 0 ? [] : ['Too many pods'];
      this.#columns.forEach((column, i) => {
        if ((lacking & (2 << i)) !== 0) reasons.push(`Insufficient ${this.#table.resources.names[column]}`);
      });
      rejection = code < 0 ? unresolvable(NAME, ...reasons) : unschedulable(NAME, ...reasons);
      this.#rejections.set(code, rejection);
    }
    return rejection;
  }
}

/** The default strategy without the generality of the others: it is asked for every pod and node. */
class LeastAllocatedScore implements PodScore {
  readonly #table: NodeTable;
  readonly #requests: Resources;

  constructor(table: NodeTable, requests: Resources) {
    this.#table = table;
    this.#requests = requests;
  }

  score(node: number): number {
    const { resources, nonZeroMilliCpu, nonZeroMemory } = this.#table;
    const cpu = resources.allocatable[CPU]![node]!;
    const memory = resources.allocatable[MEMORY]![node]!;
    let sum = 0;
    if (cpu !== 0) sum += leastRequested(nonZeroMilliCpu[node]! + this.#requests.milliCpu, cpu);
    if (memory !== 0) sum += leastRequested(nonZeroMemory[node]! + this.#requests.memory, memory);
    const parts = (cpu !== 0 ? 1 : 0) + (memory !== 0 ? 1 : 0);
    return parts === 0 ? 0 : Math.trunc(sum / parts);
  }
}

function isDefault({ type, resources }: ScoringStrategy): boolean {
  const names = resources.map(({ name, weight }) => `${name} ${weight}`).join();
  return type === 'LeastAllocated' && names === 'cpu 1,memory 1';
}

/** Enough left of everything, and rather where most is left, or least (plugins/noderesources fit.go). */
export function nodeResourcesFit(table: NodeTable, args: PluginArgs['nodeResourcesFit']): Plugin {
  const { scoringStrategy: strategy, ignoredResources, ignoredResourceGroups } = args;
  const ignores = (name: string): boolean =>
    ignoredResources.includes(name) || (name.includes('/') && ignoredResourceGroups.includes(name.split('/')[0]!));
  const usual = isDefault(strategy);
  return {
    name: NAME,
    reach: 'pods',
    wakes: WAKES,
    filter: (pod: PendingPod): PodFilter => new FitCheck(table, pod, ignores),
    score({ kind }: PendingPod): PodScore {
      const { resources: _, ...withoutPodLevel } = kind.shape.spec;
      // Unlike the filter and the sums of the nodes, this score does not look at pod-level resources (1.36 getScorer).
      const requests = toResources(nonZeroRequests(withoutPodLevel));
      return usual ? new LeastAllocatedScore(table, requests) : new StrategyScore(table, strategy, requests);
    },
  };
}
