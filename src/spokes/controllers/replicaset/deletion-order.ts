import type { Labels } from '../../../api/labels.js';
import { isPodActive, type Pod, type PodPhase } from '../../../api/pod.js';
import { smallest } from '../../../client/smallest.js';

/** What decides which pod of a ReplicaSet is deleted first. Times are virtual nanoseconds, -1 means unset. */
export interface DeletionCandidate {
  /** `''` while the pod is not bound. */
  readonly nodeName: string;
  readonly phase: PodPhase;
  readonly ready: boolean;
  readonly readySinceNs: number;
  readonly createdNs: number;
  /** The annotation `controller.kubernetes.io/pod-deletion-cost`. */
  readonly deletionCost: number;
  /** Active pods of the same owner on the pod's node. */
  readonly rank: number;
  /** Most restarts of any container, and of any sidecar. */
  readonly restarts: number;
  readonly sidecarRestarts: number;
  /** Orders equals, as the random uid does; no two are the same. */
  readonly tie: number;
}

const COST_ANNOTATION = 'controller.kubernetes.io/pod-deletion-cost';
const INT32_MAX = 2 ** 31 - 1;
const PHASE_ORDER: Readonly<Record<PodPhase, number>> = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 0, Failed: 0 };

/**
 * Negative when `a` goes before `b` (ActivePodsWithRanks.Less): unbound, early phase, not ready, cheap, crowded node,
 * ready for a shorter time, more restarts, younger. Ages count in powers of two, so that among pods of about one age
 * the random uid decides and no node or rollout step loses all of its pods.
 */
export function compareForDeletion(a: DeletionCandidate, b: DeletionCandidate, nowNs: number): number {
  const bound = Number(a.nodeName !== '') - Number(b.nodeName !== '');
  if (bound !== 0) return bound;
  const phase = PHASE_ORDER[a.phase] - PHASE_ORDER[b.phase];
  if (phase !== 0) return phase;
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.deletionCost !== b.deletionCost) return a.deletionCost - b.deletionCost;
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.ready && a.readySinceNs !== b.readySinceNs) return compareAges(a, b, a.readySinceNs, b.readySinceNs, nowNs);
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  if (a.createdNs !== b.createdNs) return compareAges(a, b, a.createdNs, b.createdNs, nowNs);
  return a.tie - b.tie;
}

function compareAges(a: DeletionCandidate, b: DeletionCandidate, aNs: number, bNs: number, nowNs: number): number {
  if (aNs < 0) return -1;
  if (bNs < 0) return 1;
  const difference = ageBucket(nowNs - aNs) - ageBucket(nowNs - bNs);
  return difference !== 0 ? difference : a.tie - b.tie;
}

/** floor(log2(age)), -1 for ages of zero and less (logarithmicRankDiff). */
export function ageBucket(ageNs: number): number {
  if (ageNs <= 0) return -1;
  const high = Math.floor(ageNs / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(ageNs);
}

/** The deletion cost an annotation asks for; 0 for none and for text that is no plain 32-bit integer. */
export function deletionCost(annotations: Labels): number {
  const text = annotations[COST_ANNOTATION];
  if (text === undefined || !/^(0|[1-9][0-9]*|-[0-9]+)$/.test(text)) return 0;
  const cost = Number(text);
  return cost > INT32_MAX || cost < -INT32_MAX - 1 ? 0 : cost;
}

/** Adds to `counts` how many active pods each node has among `pods`; unbound pods count under `''`. */
export function countActiveByNode(counts: Map<string, number>, pods: Iterable<Pod>): void {
  for (const pod of pods) {
    const { nodeName } = pod.spec;
    if (isPodActive(pod)) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1);
  }
}

/** A pod as a candidate. Its rank comes from all pods of all ReplicaSets of the same owner. */
export function deletionCandidate(pod: Pod, ranks: ReadonlyMap<string, number>): DeletionCandidate {
  return {
    nodeName: pod.spec.nodeName,
    phase: pod.status.phase,
    ready: pod.status.ready,
    readySinceNs: pod.status.readySinceNs,
    createdNs: pod.metadata.creationTimestampNs,
    deletionCost: deletionCost(pod.metadata.annotations),
    rank: ranks.get(pod.spec.nodeName) ?? 0,
    restarts: pod.status.restarts,
    sidecarRestarts: 0,
    tie: scrambled(pod.id),
  };
}

/**
 * A stand-in for the random uid: ids count up, and ordering by them would always prefer the older pod. The mixing
 * steps are those of MurmurHash3's finaliser, a bijection of 32 bits.
 */
function scrambled(id: number): number {
  let mixed = id | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The `count` pods to delete, first choice first. All of them are not sorted, as the original does not either. */
export function podsToDelete(
  pods: readonly Pod[],
  ranks: ReadonlyMap<string, number>,
  count: number,
  nowNs: number,
): readonly Pod[] {
  if (count >= pods.length) return pods;
  const candidates = pods.map((pod) => ({ pod, candidate: deletionCandidate(pod, ranks) }));
  const first = smallest(candidates, count, (a, b) => compareForDeletion(a.candidate, b.candidate, nowNs));
  return first.map(({ pod }) => pod);
}
