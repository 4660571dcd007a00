import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import type { Pod } from '../../../api/pod.js';
import { smallest } from '../../../client/smallest.js';
import { byFirstPod, type DaemonNode } from './daemon-node.js';
import type { DaemonTally } from './daemon-tally.js';
import { rolloutLimits } from './rollout-limits.js';

/** One step of a rolling update: old pods to delete, and nodes that get a new pod beside their old one. */
export interface RolloutStep {
  readonly doomed: readonly Pod[];
  readonly newNodes: readonly string[];
}

/**
 * Replaces old pods within the limits (update.go rollingUpdate). Without surge old pods are deleted and the sync after
 * fills the gap; with surge a new pod comes first, and takes over once it is available.
 */
export function rollingUpdate(spec: DaemonSetSpec, tally: DaemonTally): RolloutStep {
  const { maxSurge, maxUnavailable } = rolloutLimits(spec, tally.totals.desired);
  return maxSurge === 0 ? deleteFirst(tally, maxUnavailable) : createFirst(tally, maxSurge);
}

function deleteFirst({ totals, byRole }: DaemonTally, maxUnavailable: number): RolloutStep {
  const stopped = [...all(byRole.broken), ...first(byRole.serving, maxUnavailable - totals.lacking)];
  return { doomed: stopped.map(oldPod), newNodes: [] };
}

function createFirst({ totals, byRole }: DaemonTally, maxSurge: number): RolloutStep {
  const replaced = all([...byRole.replaced, ...where(byRole.broken, isUnwanted)]);
  // Nodes that no longer count keep their pod until as many are available elsewhere.
  const unwanted = first(byRole.serving, totals.holding - totals.desired, isUnwanted);
  const joined = [
    ...all(where(byRole.broken, isWanted)),
    ...first(byRole.serving, maxSurge - totals.surging, isWanted),
  ];
  return { doomed: [...replaced, ...unwanted].map(oldPod), newNodes: joined.map(({ name }) => name) };
}

function oldPod({ facts }: DaemonNode): Pod {
  return facts!.rollout.oldPod!;
}

function isWanted({ eligibility }: DaemonNode): boolean {
  return eligibility.shouldRun;
}

function isUnwanted({ eligibility }: DaemonNode): boolean {
  return !eligibility.shouldRun;
}

function where(nodes: Iterable<DaemonNode>, keeps: (node: DaemonNode) => boolean): DaemonNode[] {
  return [...nodes].filter(keeps);
}

function all(nodes: Iterable<DaemonNode>): DaemonNode[] {
  return [...nodes].sort(byFirstPod);
}

/** So many at most, in the same order. */
function first(
  nodes: ReadonlySet<DaemonNode>,
  count: number,
  keeps: (node: DaemonNode) => boolean = () => true,
): readonly DaemonNode[] {
  return count > 0 ? smallest(where(nodes, keeps), count, byFirstPod) : [];
}
