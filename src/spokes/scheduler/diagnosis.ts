import type { Rejection } from './rejection.js';

/** Why no node fits a pod. */
export interface Diagnosis {
  /** Set when the pod was rejected before any node was looked at. */
  readonly beforehand: Rejection | undefined;
  /** How many nodes each rejection met. */
  readonly nodes: ReadonlyMap<Rejection, number>;
  /** Nodes that were not looked at because plugins restricted the search, and those plugins. */
  readonly excluded: number;
  readonly excludedBy: readonly string[];
  readonly totalNodes: number;
}

/** What the scheduler says when it knows no node at all. */
export const NO_NODES_AVAILABLE = 'no nodes available to schedule pods';

/** The message of a failed attempt, worded and sorted as Kubernetes does (framework.FitError). */
export function fitError({ beforehand, nodes, excluded, excludedBy, totalNodes }: Diagnosis): string {
  const start = `0/${totalNodes} nodes are available:`;
  if (beforehand !== undefined) return `${start} ${beforehand.reasons.join(', ')}.`;
  const counts = new Map<string, number>();
  const count = (reason: string, by: number): void => void counts.set(reason, (counts.get(reason) ?? 0) + by);
  for (const [rejection, met] of nodes) for (const reason of rejection.reasons) count(reason, met);
  if (excluded > 0) count(`node(s) didn't satisfy plugin(s) [${excludedBy.join(' ')}]`, excluded);
  const reasons = [...counts].map(([reason, number]) => `${number} ${reason}`).sort();
  return reasons.length === 0 ? start : `${start} ${reasons.join(', ')}.`;
}

/** The plugins whose rejections kept the pod out: only events that concern them can help it. */
export function rejectors({ beforehand, nodes, excludedBy }: Diagnosis): ReadonlySet<string> {
  const plugins = new Set<string>(excludedBy);
  if (beforehand !== undefined) plugins.add(beforehand.plugin);
  for (const rejection of nodes.keys()) plugins.add(rejection.plugin);
  return plugins;
}
