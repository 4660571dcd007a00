import type { Rejection } from './rejection.js';

/** What the scheduler says when it knows no node at all. */
export const NO_NODES_AVAILABLE = 'no nodes available to schedule pods';

const NONE: ReadonlyMap<Rejection, number> = new Map();

/** Why no node fits a pod. Pods that wait for the same share one, and with it what there is to say of it. */
export class Diagnosis {
  /** Of the cluster. */
  readonly totalNodes: number;
  /** How many nodes each rejection met. */
  readonly nodes: ReadonlyMap<Rejection, number>;
  /** Nodes that were not looked at because plugins restricted the search, and those plugins. */
  readonly excluded: number;
  readonly excludedBy: readonly string[];
  /** Set when the pod was rejected before any node was looked at. */
  readonly beforehand: Rejection | undefined;
  /** Nodes where removing pods may help. */
  readonly resolvable: number;
  #message: string | undefined;
  #addition: string;
  #extended: string;
  #rejectors: ReadonlySet<string> | undefined;

  constructor(
    totalNodes: number,
    nodes: ReadonlyMap<Rejection, number>,
    excluded = 0,
    excludedBy: readonly string[] = [],
    beforehand: Rejection | undefined = undefined,
  ) {
    this.totalNodes = totalNodes;
    this.nodes = nodes;
    this.excluded = excluded;
    this.excludedBy = excludedBy;
    this.beforehand = beforehand;
    this.resolvable = resolvable(nodes);
    this.#message = undefined;
    this.#addition = '';
    this.#extended = '';
    this.#rejectors = undefined;
  }

  /** That of a pod which a plugin rejects without a look at any node. */
  static beforehand(rejection: Rejection, totalNodes: number): Diagnosis {
    return new Diagnosis(totalNodes, NONE, 0, [], rejection);
  }

  /** The message of the failed attempt, worded and sorted as Kubernetes does (framework.FitError). */
  get message(): string {
    this.#message ??= fitError(this);
    return this.#message;
  }

  /** The message with what preemption has to say beside; it is the same text for pods of which the same is said. */
  messageWith(addition: string): string {
    if (addition === '') return this.message;
    if (addition !== this.#addition) {
      this.#addition = addition;
      this.#extended = `${this.message} ${addition}`;
    }
    return this.#extended;
  }

  /** The plugins whose rejections kept the pod out: only events that concern them can help it. */
  get rejectors(): ReadonlySet<string> {
    this.#rejectors ??= rejectors(this);
    return this.#rejectors;
  }
}

function resolvable(nodes: ReadonlyMap<Rejection, number>): number {
  let sum = 0;
  for (const [{ code }, met] of nodes) if (code === 'Unschedulable') sum += met;
  return sum;
}

function fitError({ beforehand, nodes, excluded, excludedBy, totalNodes }: Diagnosis): string {
  const start = `0/${totalNodes} nodes are available:`;
  if (beforehand !== undefined) return `${start} ${beforehand.reasons.join(', ')}.`;
  const counts = new Map<string, number>();
  const count = (reason: string, by: number): void => void counts.set(reason, (counts.get(reason) ?? 0) + by);
  for (const [rejection, met] of nodes) for (const reason of rejection.reasons) count(reason, met);
  if (excluded > 0) count(`node(s) didn't satisfy plugin(s) [${excludedBy.join(' ')}]`, excluded);
  const reasons = [...counts].map(([reason, number]) => `${number} ${reason}`).sort();
  return reasons.length === 0 ? start : `${start} ${reasons.join(', ')}.`;
}

function rejectors({ beforehand, nodes, excludedBy }: Diagnosis): ReadonlySet<string> {
  const plugins = new Set<string>(excludedBy);
  if (beforehand !== undefined) plugins.add(beforehand.plugin);
  for (const rejection of nodes.keys()) plugins.add(rejection.plugin);
  return plugins;
}
