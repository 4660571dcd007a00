import { scaledValue } from '../../../api/int-or-percent.js';
import { isPodAvailable, type Pod } from '../../../api/pod.js';
import type { StatefulSetSpec } from '../../../api/stateful-set.js';
import { isWanted, ordinalOf } from './ordinal.js';
import { hasEnded, isRunningAndReady, isUnavailable, revisionOf } from './pod-health.js';
import { countReplicas, type ReplicaCounts, type RevisionPair } from './stateful-set-status.js';

export type StatefulSetAction =
  | { readonly verb: 'create'; readonly ordinal: number; readonly revision: string }
  | { readonly verb: 'delete'; readonly pod: Pod };

/** What one sync of a StatefulSet sees. */
export interface StatefulSetView {
  readonly spec: StatefulSetSpec;
  /** `status.currentReplicas`, as the cache has it. */
  readonly currentReplicas: number;
  readonly deleting: boolean;
  readonly pods: readonly Pod[];
  readonly revisions: RevisionPair;
  readonly nowNs: number;
  /** The gate MaxUnavailableStatefulSet, off by default in 1.36. */
  readonly honoursMaxUnavailable: boolean;
}

/**
 * What one sync does. Stages follow each other, and an error in one ends the sync. A stage has a slot per pod it looks
 * at, most of them empty: `Parallel` sets work through the slots in batches of 1, 2, 4 … as slow start does.
 */
export interface StatefulSetPlan {
  readonly stages: readonly (readonly (StatefulSetAction | undefined)[])[];
  /** To be written if all goes well. */
  readonly counts: ReplicaCounts;
}

/** An ordinal that the set wants: with its pod, or with the revision to make it from. */
interface Replica {
  readonly ordinal: number;
  readonly pod: Pod | undefined;
  readonly revision: string;
}

/** Whether a pod holds up those that come after it, and what is done about it. */
interface Step {
  readonly action?: StatefulSetAction;
  readonly blocks: boolean;
}

/**
 * Decides one sync (stateful_set_control updateStatefulSet). `OrderedReady` does one thing at a time: it fills the lowest
 * gap and waits for that pod, then removes the highest surplus pod, then replaces the highest pod of an old revision.
 * `Parallel` does not wait when it creates and removes, but replaces one by one all the same.
 */
export function planStatefulSet(view: StatefulSetView): StatefulSetPlan {
  const { spec, pods, revisions, nowNs } = view;
  const counts = countReplicas(pods, spec.minReadySeconds, revisions, nowNs);
  if (view.deleting) return { stages: [], counts };
  const ordered = spec.podManagementPolicy === 'OrderedReady';
  const replicas = wantedReplicas(view);
  const filling = stage(replicas, (each) => fill(each, spec, nowNs), ordered);
  if (filling.blocked) return { stages: [filling.slots], counts };
  const surplus = (ordinal: number): boolean => ordinal >= 0 && !isWanted(spec, ordinal);
  const condemned = pods.filter((pod) => surplus(ordinalOf(pod))).sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const sickest = firstUnavailable(replicas, condemned, spec, nowNs);
  const removing = stage(condemned, (pod) => remove(pod, pod === sickest, spec, nowNs), ordered);
  if (removing.blocked) return { stages: [filling.slots, removing.slots], counts };
  const doomed = spec.updateStrategy === 'OnDelete' ? [] : outdated(view, replicas);
  const currentReplicas = counts.currentReplicas - doomed.length;
  const replacing = doomed.map((pod): StatefulSetAction => ({ verb: 'delete', pod }));
  return { stages: [filling.slots, removing.slots, replacing], counts: { ...counts, currentReplicas } };
}

/** The slots of one stage; an ordered set stops at the first pod that holds it up. */
function stage<T>(
  items: readonly T[],
  decide: (item: T) => Step,
  ordered: boolean,
): { readonly slots: readonly (StatefulSetAction | undefined)[]; readonly blocked: boolean } {
  const slots: (StatefulSetAction | undefined)[] = [];
  for (const item of items) {
    const { action, blocks } = decide(item);
    slots.push(action);
    if (ordered && blocks) return { slots, blocked: true };
  }
  return { slots, blocked: false };
}

function wantedReplicas({ spec, currentReplicas, pods, revisions }: StatefulSetView): readonly Replica[] {
  const { replicas, firstOrdinal, updateStrategy } = spec;
  const byIndex = new Array<Pod | undefined>(replicas).fill(undefined);
  for (const pod of pods) {
    const index = ordinalOf(pod) - firstOrdinal;
    if (index >= 0 && index < replicas) byIndex[index] = pod;
  }
  const oldBelow = updateStrategy !== 'RollingUpdate' ? 0 : spec.partition >= 0 ? spec.partition : currentReplicas;
  return byIndex.map((pod, index) => {
    const missing = index < oldBelow ? revisions.current : revisions.update;
    return { ordinal: firstOrdinal + index, pod, revision: pod === undefined ? missing : revisionOf(pod) };
  });
}

/** Makes a missing pod, deletes one that has ended, waits for one that is not available yet (processReplica). */
function fill({ pod, ordinal, revision }: Replica, spec: StatefulSetSpec, nowNs: number): Step {
  if (pod === undefined) return { action: { verb: 'create', ordinal, revision }, blocks: true };
  if (hasEnded(pod))
    return pod.metadata.deleting ? { blocks: true } : { action: { verb: 'delete', pod }, blocks: true };
  const healthy = !pod.metadata.deleting && isRunningAndReady(pod);
  return { blocks: !healthy || !isPodAvailable(pod, spec.minReadySeconds, nowNs) };
}

/** Removes a surplus pod; while some pod is not available, only if it is that pod itself (processCondemned). */
function remove(pod: Pod, isSickest: boolean, spec: StatefulSetSpec, nowNs: number): Step {
  if (pod.metadata.deleting) return { blocks: true };
  const healthy = isRunningAndReady(pod) && isPodAvailable(pod, spec.minReadySeconds, nowNs);
  const ordered = spec.podManagementPolicy === 'OrderedReady';
  if (ordered && !healthy && !isSickest) return { blocks: true };
  return { action: { verb: 'delete', pod }, blocks: true };
}

/** The unavailable pod of the lowest ordinal; wanted ones, and missing ones among them, come before surplus ones. */
function firstUnavailable(
  replicas: readonly Replica[],
  condemned: readonly Pod[],
  { minReadySeconds }: StatefulSetSpec,
  nowNs: number,
): Pod | undefined {
  const wanted = replicas.find(({ pod }) => pod === undefined || isUnavailable(pod, minReadySeconds, nowNs));
  return wanted === undefined ? condemned.findLast((pod) => isUnavailable(pod, minReadySeconds, nowNs)) : wanted.pod;
}

/** The pods to replace with ones of the update revision, highest ordinal first. */
function outdated(view: StatefulSetView, replicas: readonly Replica[]): readonly Pod[] {
  const { spec, revisions, nowNs, honoursMaxUnavailable } = view;
  const targets = replicas.slice(Math.max(0, spec.partition)).reverse();
  const unavailable = ({ pod }: Replica): boolean =>
    pod === undefined || isUnavailable(pod, spec.minReadySeconds, nowNs);
  const isOld = ({ pod, revision }: Replica): boolean => revision !== revisions.update && !pod?.metadata.deleting;
  if (honoursMaxUnavailable) {
    const limit = Math.max(1, scaledValue(spec.maxUnavailable, spec.replicas, false));
    const room = Math.max(0, limit - replicas.filter(unavailable).length);
    return podsOf(targets.filter(isOld).slice(0, room));
  }
  const stop = targets.findIndex((each) => isOld(each) || unavailable(each));
  return stop >= 0 && isOld(targets[stop]!) ? podsOf([targets[stop]!]) : [];
}

function podsOf(replicas: readonly Replica[]): readonly Pod[] {
  return replicas.flatMap(({ pod }) => pod ?? []);
}
