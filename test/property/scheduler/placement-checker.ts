import { compileSelector, type LabelSelector } from '../../../src/api/label-selector.js';
import type { Node } from '../../../src/api/node.js';
import type { Pod } from '../../../src/api/pod.js';

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey: string;
}

interface Spread extends Term {
  readonly maxSkew: number;
  readonly whenUnsatisfiable: string;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
}

/**
 * Looks at what a scheduler has come to, from the rules as Kubernetes documents them and not from the plugins' code:
 * returns a sentence for every node that is over what it offers, and every constraint that does not hold.
 */
export function brokenRules(nodes: readonly Node[], placed: ReadonlyMap<Pod, Node>): readonly string[] {
  const broken: string[] = [];
  for (const node of nodes) broken.push(...overcommitted(node, podsOn(placed, node)));
  for (const [pod, node] of placed) broken.push(...tooClose(pod, node, placed), ...portClashes(pod, node, placed));
  return broken;
}

function podsOn(placed: ReadonlyMap<Pod, Node>, node: Node): Pod[] {
  return [...placed].filter(([, at]) => at === node).map(([pod]) => pod);
}

function overcommitted(node: Node, pods: readonly Pod[]): string[] {
  const { name } = node.metadata;
  const { allocatable } = node.status;
  const sum = (of: (pod: Pod) => number): number => pods.reduce((total, pod) => total + of(pod), 0);
  const asked: readonly (readonly [string, number, number])[] = [
    ['pods', pods.length, allocatable.pods],
    ['cpu', sum(({ spec }) => spec.shape.requests.milliCpu), allocatable.milliCpu],
    ['memory', sum(({ spec }) => spec.shape.requests.memory), allocatable.memory],
    ...[...new Set(pods.flatMap(({ spec }) => [...spec.shape.requests.extended.keys()]))].map(
      (resource): [string, number, number] => [
        resource,
        sum(({ spec }) => spec.shape.requests.extended.get(resource) ?? 0),
        allocatable.extended.get(resource) ?? 0,
      ],
    ),
  ];
  return asked.filter(([, used, offered]) => used > offered).map(([what]) => `${name} has too much ${what}`);
}

/** No pod shares a domain with another that its required anti-affinity speaks of. */
function tooClose(pod: Pod, node: Node, placed: ReadonlyMap<Pod, Node>): string[] {
  const apart = pod.spec.shape.spec.affinity?.podAntiAffinity as
    | { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] }
    | undefined;
  const broken: string[] = [];
  for (const { topologyKey, labelSelector } of apart?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
    const domain = node.metadata.labels[topologyKey];
    if (domain === undefined) continue;
    const selector = compileSelector(labelSelector);
    for (const [other, at] of placed) {
      if (other === pod || other.metadata.namespace !== pod.metadata.namespace) continue;
      if (at.metadata.labels[topologyKey] !== domain || !selector.matches(other.metadata.labels)) continue;
      broken.push(`${pod.metadata.name} is with ${other.metadata.name} in ${topologyKey} ${domain}`);
    }
  }
  return broken;
}

function portClashes(pod: Pod, node: Node, placed: ReadonlyMap<Pod, Node>): string[] {
  const clashing = podsOn(placed, node).filter(
    (other) =>
      other !== pod &&
      other.spec.shape.hostPorts.some(({ port }) => pod.spec.shape.hostPorts.some((own) => own.port === port)),
  );
  return clashing.map((other) => `${pod.metadata.name} and ${other.metadata.name} hold the same port`);
}

/** How the constraints of a pod that was just put on a node are broken: what stands there without it decides. */
export function skewedBy(pod: Pod, node: Node, nodes: readonly Node[], others: ReadonlyMap<Pod, Node>): string[] {
  const stated = (pod.spec.shape.spec.topologySpreadConstraints ?? []) as readonly Spread[];
  const hard = stated.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
  return hard.flatMap((constraint) => {
    const { topologyKey, labelSelector, maxSkew, minDomains = 1 } = constraint;
    const selector = compileSelector(labelSelector);
    const counting = nodes.filter((one) => counts(one, pod, constraint, hard));
    const pods = new Map(counting.map(({ metadata }) => [metadata.labels[topologyKey]!, 0]));
    for (const [other, at] of others) {
      if (!counting.includes(at) || other.metadata.namespace !== pod.metadata.namespace) continue;
      const domain = at.metadata.labels[topologyKey]!;
      if (selector.matches(other.metadata.labels)) pods.set(domain, pods.get(domain)! + 1);
    }
    const fewest = pods.size < minDomains ? 0 : Math.min(...pods.values());
    const own = selector.matches(pod.metadata.labels) ? 1 : 0;
    const here = pods.get(node.metadata.labels[topologyKey] ?? '') ?? 0;
    return here + own - fewest <= maxSkew ? [] : [`${pod.metadata.name} skews ${topologyKey}: ${[...pods.values()]}`];
  });
}

/** Whether the pods of a node count for a constraint. */
function counts({ metadata, spec }: Node, pod: Pod, constraint: Spread, hard: readonly Spread[]): boolean {
  if (!hard.every(({ topologyKey }) => Object.hasOwn(metadata.labels, topologyKey))) return false;
  const { shape } = pod.spec;
  const wanted = Object.entries(shape.nodeSelector ?? {});
  const suits = wanted.every(([key, value]) => metadata.labels[key] === value);
  if (constraint.nodeAffinityPolicy !== 'Ignore' && !suits) return false;
  const repels = spec.taints.some(
    ({ key, effect }) => effect !== 'PreferNoSchedule' && !shape.tolerations.some((one) => one.key === key),
  );
  return constraint.nodeTaintsPolicy !== 'Honor' || !repels;
}
