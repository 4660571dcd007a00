import { compileSelector, type LabelSelector, type Selector } from '../../../src/api/label-selector.js';
import { type Labels, NO_LABELS } from '../../../src/api/labels.js';
import { controllerOf } from '../../../src/api/meta.js';
import type { Node } from '../../../src/api/node.js';
import { matchesNode } from '../../../src/api/node-affinity.js';
import type { Pod } from '../../../src/api/pod.js';
import { firstUntoleratedTaint, tolerates } from '../../../src/api/taint.js';
import { ln } from '../../../src/random/ln.js';
import type { Listers } from '../../../src/spokes/scheduler/listers.js';
import type { Draw } from '../../../src/spokes/scheduler/search.js';

/** A node and the pods on it, as kube-scheduler's NodeInfo. */
export interface PlainNode {
  readonly node: Node;
  readonly pods: readonly Pod[];
}

export interface PlainDecision {
  readonly node: string | undefined;
  readonly feasible: number;
  readonly processed: number;
  readonly message: string | undefined;
}

interface Spread {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
  readonly nodeTaintsPolicy?: string;
  readonly nodeAffinityPolicy?: string;
}

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey: string;
}

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/**
 * The scheduler's choice worked out from nothing but the list of nodes and their pods, each time anew and plugin by
 * plugin as the Go code reads: slow, and the oracle of the search that keeps answers and counts.
 */
export function plainSearch(
  nodes: readonly PlainNode[],
  pod: Pod,
  start: number,
  listers: Listers,
  ties: Draw,
): PlainDecision {
  const wanted = nodesToFind(nodes.length);
  const feasible: PlainNode[] = [];
  const reasons = new Map<string, number>();
  let processed = 0;
  for (; processed < nodes.length; processed++) {
    const node = nodes[(start + processed) % nodes.length]!;
    const rejected = firstRejection(node, pod, nodes);
    if (rejected.length === 0) {
      if (feasible.length === wanted) break;
      feasible.push(node);
    }
    for (const reason of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  if (feasible.length === 0) {
    const sorted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
    const message = `0/${nodes.length} nodes are available: ${sorted.join(', ')}.`;
    return { node: undefined, feasible: 0, processed, message };
  }
  const node = feasible.length === 1 ? feasible[0]! : best(feasible, pod, nodes, listers, ties);
  return { node: node.node.metadata.name, feasible: feasible.length, processed, message: undefined };
}

function nodesToFind(count: number): number {
  if (count < 100) return count;
  return Math.max(100, Math.floor((count * Math.max(5, 50 - Math.floor(count / 125))) / 100));
}

function firstRejection(target: PlainNode, pod: Pod, nodes: readonly PlainNode[]): readonly string[] {
  const { node } = target;
  const { shape } = pod.spec;
  if (node.spec.unschedulable) return ['node(s) were unschedulable'];
  if (firstUntoleratedTaint(node.spec.taints, shape.tolerations) !== undefined)
    return ['node(s) had untolerated taint(s)'];
  if (!suits(pod, node)) return ["node(s) didn't match Pod's node affinity/selector"];
  const ports = target.pods.flatMap((other) => other.spec.shape.hostPorts.map(({ port }) => port));
  if (shape.hostPorts.some(({ port }) => ports.includes(port)))
    return ["node(s) didn't have free ports for the requested pod ports"];
  const lacking = lackingResources(target, pod);
  if (lacking.length > 0) return lacking;
  return spreadRejection(node, pod, nodes) ?? affinityRejection(node, pod, nodes) ?? [];
}

function suits(pod: Pod, { metadata }: Node): boolean {
  const { nodeSelector, requiredNodeAffinity } = pod.spec.shape;
  return matchesNode(nodeSelector, requiredNodeAffinity, metadata.name, metadata.labels);
}

function sum(pods: readonly Pod[], amount: (shape: Pod['spec']['shape']) => number): number {
  return pods.reduce((total, { spec }) => total + amount(spec.shape), 0);
}

function lackingResources({ node, pods }: PlainNode, pod: Pod): string[] {
  const { allocatable } = node.status;
  const lacking = pods.length + 1 > allocatable.pods ? ['Too many pods'] : [];
  const check = (name: string, offered: number, amount: (shape: Pod['spec']['shape']) => number): void => {
    const wanted = amount(pod.spec.shape);
    if (wanted > 0 && wanted > offered - sum(pods, amount)) lacking.push(`Insufficient ${name}`);
  };
  check('cpu', allocatable.milliCpu, ({ requests }) => requests.milliCpu);
  check('memory', allocatable.memory, ({ requests }) => requests.memory);
  check('example.com/gpu', allocatable.extended.get('example.com/gpu') ?? 0, ({ requests }) => {
    return requests.extended.get('example.com/gpu') ?? 0;
  });
  return lacking;
}

function spreads(pod: Pod, action: string): readonly Spread[] {
  const stated = (pod.spec.shape.spec.topologySpreadConstraints ?? []) as readonly Spread[];
  return stated.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
}

/** Matching pods by value of the key, over the nodes that count. */
function countByDomain(
  nodes: readonly PlainNode[],
  pod: Pod,
  constraint: Spread,
  selector: Selector,
  keys: readonly string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { node, pods } of nodes) {
    const { labels } = node.metadata;
    if (!keys.every((key) => key in labels)) continue;
    if (constraint.nodeAffinityPolicy !== 'Ignore' && !suits(pod, node)) continue;
    const repelled = firstUntoleratedTaint(node.spec.taints, pod.spec.shape.tolerations) !== undefined;
    if (constraint.nodeTaintsPolicy === 'Honor' && repelled) continue;
    const domain = labels[constraint.topologyKey];
    if (domain === undefined) continue;
    counts.set(domain, (counts.get(domain) ?? 0) + matching(pods, pod, selector));
  }
  return counts;
}

function matching(pods: readonly Pod[], pod: Pod, selector: Selector): number {
  if (selector.empty) return 0;
  return pods.filter(({ metadata }) => {
    return !metadata.deleting && metadata.namespace === pod.metadata.namespace && selector.matches(metadata.labels);
  }).length;
}

function spreadRejection(node: Node, pod: Pod, nodes: readonly PlainNode[]): readonly string[] | undefined {
  const hard = spreads(pod, 'DoNotSchedule');
  const keys = hard.map(({ topologyKey }) => topologyKey);
  const reason = "node(s) didn't match pod topology spread constraints";
  for (const constraint of hard) {
    const domain = node.metadata.labels[constraint.topologyKey];
    if (domain === undefined) return [`${reason} (missing required label)`];
    const selector = compileSelector(constraint.labelSelector);
    const counts = countByDomain(nodes, pod, constraint, selector, keys);
    const fewest = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values());
    const self = selector.matches(pod.metadata.labels) ? 1 : 0;
    if ((counts.get(domain) ?? 0) + self - fewest > constraint.maxSkew) return [reason];
  }
  return undefined;
}

interface Affinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { weight: number; podAffinityTerm: Term }[];
}

function affinityOf(pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): Affinity {
  return (pod.spec.shape.spec.affinity?.[kind] ?? {}) as Affinity;
}

function required(pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly Term[] {
  return affinityOf(pod, kind).requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** Terms here name no namespaces, so they speak of the holder's own. */
function speaksOf(term: Term, holder: Pod, other: Pod): boolean {
  if (holder.metadata.namespace !== other.metadata.namespace) return false;
  return compileSelector(term.labelSelector).matches(other.metadata.labels);
}

function inDomain(node: Node, other: Node, { topologyKey }: Term): boolean {
  const domain = node.metadata.labels[topologyKey];
  return domain !== undefined && other.metadata.labels[topologyKey] === domain;
}

function affinityRejection(node: Node, pod: Pod, nodes: readonly PlainNode[]): readonly string[] | undefined {
  const placed = nodes.flatMap(({ node: at, pods }) => pods.map((other) => ({ at, other })));
  const together = required(pod, 'podAffinity');
  const matchesAll = (other: Pod): boolean => together.every((term) => speaksOf(term, pod, other));
  const friends = placed.filter(({ other }) => together.length > 0 && matchesAll(other));
  const hasKeys = together.every(({ topologyKey }) => topologyKey in node.metadata.labels);
  const near = together.every((term) => friends.some(({ at }) => inDomain(node, at, term)));
  const counted = friends.some(({ at }) => together.some(({ topologyKey }) => topologyKey in at.metadata.labels));
  if (!hasKeys || (!near && (counted || !matchesAll(pod)))) return ["node(s) didn't match pod affinity rules"];
  for (const term of required(pod, 'podAntiAffinity')) {
    if (placed.some(({ at, other }) => speaksOf(term, pod, other) && inDomain(node, at, term)))
      return ["node(s) didn't match pod anti-affinity rules"];
  }
  const repelled = placed.some(({ at, other }) =>
    required(other, 'podAntiAffinity').some((term) => speaksOf(term, other, pod) && inDomain(node, at, term)),
  );
  return repelled ? ["node(s) didn't satisfy existing pods anti-affinity rules"] : undefined;
}

function best(
  feasible: readonly PlainNode[],
  pod: Pod,
  nodes: readonly PlainNode[],
  listers: Listers,
  ties: Draw,
): PlainNode {
  const parts = [
    weighted(3, reversed(feasible.map(({ node }) => intolerable(node, pod)))),
    weighted(2, byMax(feasible.map(({ node }) => preferred(node, pod)))),
    feasible.map((node) => leastAllocated(node, pod)),
    weighted(2, spreadScores(feasible, pod, nodes, listers)),
    weighted(2, affinityScores(feasible, pod, nodes)),
    feasible.map((node) => balanced(node, pod)),
  ];
  const totals = feasible.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
  const top = Math.max(...totals);
  const leaders = feasible.filter((_, i) => totals[i] === top);
  return leaders.length === 1 ? leaders[0]! : leaders[ties.below(leaders.length)]!;
}

function weighted(weight: number, scores: readonly number[]): readonly number[] {
  return scores.map((score) => weight * score);
}

function byMax(scores: readonly number[]): readonly number[] {
  const max = Math.max(...scores);
  return max === 0 ? scores : scores.map((score) => Math.floor((100 * score) / max));
}

function reversed(scores: readonly number[]): readonly number[] {
  return byMax(scores).map((score) => 100 - score);
}

function intolerable(node: Node, pod: Pod): number {
  return node.spec.taints.filter((taint) => {
    return taint.effect === 'PreferNoSchedule' && !pod.spec.shape.tolerations.some((own) => tolerates(own, taint));
  }).length;
}

function preferred({ metadata }: Node, pod: Pod): number {
  const terms = pod.spec.shape.preferredNodeAffinity.filter(({ term }) => term.matches(metadata.name, metadata.labels));
  return terms.reduce((total, { weight }) => total + weight, 0);
}

function leastAllocated({ node, pods }: PlainNode, pod: Pod): number {
  const { milliCpu, memory } = node.status.allocatable;
  const left = (offered: number, used: number): number =>
    used > offered ? 0 : Math.floor(((offered - used) * 100) / offered);
  const all = [...pods, pod];
  const cpu = left(
    milliCpu,
    sum(all, ({ nonZeroMilliCpu }) => nonZeroMilliCpu),
  );
  return Math.floor(
    (cpu +
      left(
        memory,
        sum(all, ({ nonZeroMemory }) => nonZeroMemory),
      )) /
      2,
  );
}

function balanced({ node, pods }: PlainNode, pod: Pod): number {
  const { requests } = pod.spec.shape;
  if (requests.milliCpu === 0 && requests.memory === 0) return 0;
  const { milliCpu, memory } = node.status.allocatable;
  const score = (on: readonly Pod[]): number => {
    const cpu = Math.min(1, sum(on, (shape) => shape.requests.milliCpu) / milliCpu);
    const mem = Math.min(1, sum(on, (shape) => shape.requests.memory) / memory);
    return Math.floor((1 - Math.abs((cpu - mem) / 2)) * 100);
  };
  return 50 + Math.floor((50 + score([...pods, pod]) - score(pods)) / 2);
}

function spreadScores(
  feasible: readonly PlainNode[],
  pod: Pod,
  nodes: readonly PlainNode[],
  listers: Listers,
): readonly number[] {
  const stated = spreads(pod, 'ScheduleAnyway');
  const all = (pod.spec.shape.spec.topologySpreadConstraints ?? []) as readonly Spread[];
  const owner = controllerOf(pod.metadata);
  const owned = owner === undefined ? undefined : (listers.ownerSelector(pod.metadata.namespace, owner) ?? undefined);
  const byDefault = all.length === 0 && owned !== undefined;
  const constraints = byDefault
    ? [
        { maxSkew: 3, topologyKey: HOST, whenUnsatisfiable: '', labelSelector: owned },
        { maxSkew: 5, topologyKey: ZONE, whenUnsatisfiable: '', labelSelector: owned },
      ]
    : stated;
  if (constraints.length === 0) return feasible.map(() => 0);
  const keys = byDefault ? [] : constraints.map(({ topologyKey }) => topologyKey);
  const scored = feasible.map(({ node }) => keys.every((key) => key in node.metadata.labels));
  const raw = feasible.map(() => 0);
  for (const constraint of constraints) {
    const { topologyKey, maxSkew } = constraint;
    const selector = compileSelector(constraint.labelSelector);
    const counts = countByDomain(nodes, pod, constraint, selector, keys);
    const values = new Set(
      feasible.filter((_, i) => scored[i]).map(({ node }) => node.metadata.labels[topologyKey] ?? ''),
    );
    const size = topologyKey === HOST ? scored.filter(Boolean).length : values.size;
    feasible.forEach(({ node, pods }, i) => {
      const domain = node.metadata.labels[topologyKey];
      if (!scored[i] || domain === undefined) return;
      const count = topologyKey === HOST ? matching(pods, pod, selector) : (counts.get(domain) ?? 0);
      raw[i]! += count * ln(size + 2) + (maxSkew - 1);
    });
  }
  const rounded = raw.map((score) => Math.round(score));
  const considered = rounded.filter((_, i) => scored[i]);
  const [min, max] = [Math.min(...considered), Math.max(0, ...considered)];
  return rounded.map((score, i) => {
    if (!scored[i]) return 0;
    return max === 0 ? 100 : Math.floor((100 * (max + min - score)) / max);
  });
}

function affinityScores(feasible: readonly PlainNode[], pod: Pod, nodes: readonly PlainNode[]): readonly number[] {
  const raw = feasible.map(() => 0);
  const add = (term: Term, at: Node, weight: number): void => {
    feasible.forEach(({ node }, i) => {
      if (inDomain(node, at, term)) raw[i]! += weight;
    });
  };
  const soft = (holder: Pod, other: Pod, at: Node): void => {
    for (const [kind, sign] of [
      ['podAffinity', 1],
      ['podAntiAffinity', -1],
    ] as const) {
      for (const { weight, podAffinityTerm } of affinityOf(holder, kind)
        .preferredDuringSchedulingIgnoredDuringExecution ?? [])
        if (speaksOf(podAffinityTerm, holder, other)) add(podAffinityTerm, at, sign * weight);
    }
  };
  for (const { node: at, pods } of nodes) {
    for (const other of pods) {
      soft(pod, other, at);
      soft(other, pod, at);
      for (const term of required(other, 'podAffinity')) if (speaksOf(term, other, pod)) add(term, at, 1);
    }
  }
  const [min, max] = [Math.min(...raw), Math.max(...raw)];
  return raw.map((score) => (max > min ? Math.floor(100 * ((score - min) / (max - min))) : 0));
}

/** Labels of a node, for tests that change them. */
export function labelsOf(entries: Record<string, string | undefined>): Labels {
  const present = Object.entries(entries).filter(([, value]) => value !== undefined);
  return present.length === 0 ? NO_LABELS : (Object.fromEntries(present) as Labels);
}
