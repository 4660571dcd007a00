import type { Pod, PodPhase } from '../../../api/pod.js';
import { completionIndex } from './job-pod.js';

const PHASE_ORDER: Readonly<Record<PodPhase, number>> = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 0, Failed: 0 };

/** Negative when `a` goes first: unbound, not running, not ready, ready or created more recently (controller ActivePods). */
function compareForRemoval(a: Pod, b: Pod): number {
  const bound = Number(a.spec.nodeName !== '') - Number(b.spec.nodeName !== '');
  if (bound !== 0) return bound;
  const phase = PHASE_ORDER[a.status.phase] - PHASE_ORDER[b.status.phase];
  if (phase !== 0) return phase;
  if (a.status.ready !== b.status.ready) return a.status.ready ? 1 : -1;
  if (a.status.ready && a.status.readySinceNs !== b.status.readySinceNs)
    return b.status.readySinceNs - a.status.readySinceNs;
  if (a.status.restarts !== b.status.restarts) return b.status.restarts - a.status.restarts;
  return b.metadata.creationTimestampNs - a.metadata.creationTimestampNs;
}

/** The `count` pods that are cheapest to lose. */
export function cheapestPods(active: readonly Pod[], count: number): readonly Pod[] {
  return [...active].sort(compareForRemoval).slice(0, count);
}

/**
 * Pods of an Indexed Job that must go: more than one of an index, and those without a valid index
 * (appendDuplicatedIndexPodsForRemoval). When that is not enough, the cheapest of the others go too.
 */
export function indexedPodsToRemove(active: readonly Pod[], completions: number, atLeast: number): readonly Pod[] {
  const byIndex = new Map<number, Pod[]>();
  for (const pod of active) {
    const index = completionIndex(pod);
    const key = index < completions ? index : -1;
    const group = byIndex.get(key);
    if (group === undefined) byIndex.set(key, [pod]);
    else group.push(pod);
  }
  const doomed: Pod[] = [];
  const left: Pod[] = [];
  for (const [index, group] of [...byIndex].sort(([a], [b]) => a - b)) {
    const keeps = index < 0 ? 0 : 1;
    const sorted = group.sort(compareForRemoval);
    doomed.push(...sorted.slice(0, group.length - keeps));
    left.push(...sorted.slice(group.length - keeps));
  }
  return [...doomed, ...cheapestPods(left, Math.max(0, atLeast - doomed.length))];
}
