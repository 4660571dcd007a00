import type { JobCondition, JobSpec, JobStatus } from '../../../api/job.js';
import { isPodActive, type Pod } from '../../../api/pod.js';
import { type FailureRecord, recordEnds } from './failure-backoff.js';
import { judgePod } from './failure-policy.js';
import { IndexSet } from './index-set.js';
import { deadlineDelayNs, endOfJob } from './job-end.js';
import {
  completionIndex,
  type EndOf,
  failureCount,
  INDEX_FAILURES,
  indexFailures,
  isFailed,
  isIndexed,
  isTerminating,
  isTracked,
  limitsEachIndex,
} from './job-pod.js';

/** What a sync of a Job sees. */
export interface JobView {
  readonly spec: JobSpec;
  readonly status: JobStatus;
  readonly deleting: boolean;
  readonly pods: readonly Pod[];
  readonly endOf: EndOf;
  /** Failures as of the last status that was written. */
  readonly failures: FailureRecord;
  /** Pods whose finalizer has been removed while the cache still shows it. */
  readonly released: ReadonlySet<number>;
  readonly nowNs: number;
}

/** What the pods of a Job add up to (job_controller.go syncJobCtx). */
export interface JobAssessment {
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly startTimeNs: number;
  readonly failures: FailureRecord;
  /** Of Indexed Jobs: indexes that had succeeded before, and that have now; empty otherwise. */
  readonly succeededBefore: IndexSet;
  readonly succeededIndexes: IndexSet;
  /** Undefined where failures are not counted by index. */
  readonly failedIndexes: IndexSet | undefined;
  /** The last failed pod of each index that needs another: kept until its successor knows the failures so far. */
  readonly awaitingSuccessor: ReadonlyMap<number, Pod>;
  /** Why the Job ends, if it does. */
  readonly end: JobCondition | undefined;
  /** When its time will be up; -1 for never. */
  readonly recheckDelayNs: number;
}

/** Counts what has ended since the last sync, and says whether the Job has (first half of syncJob). */
export function assessJob(view: JobView): JobAssessment {
  const { spec, status, pods, nowNs } = view;
  const { uncounted } = status;
  const active = pods.filter(isPodActive);
  const newSucceeded = uncountedPods(view, new Set(uncounted.succeeded)).filter(hasSucceeded);
  const newFailed = uncountedPods(view, new Set(uncounted.failed)).filter((pod) => isFailed(pod, spec));
  const counted = newFailed.filter((pod) => judgePod(pod, spec, view.endOf).counted);
  const succeededBefore = isIndexed(spec) ? IndexSet.parse(status.completedIndexes, spec.completions) : IndexSet.EMPTY;
  const succeededIndexes = succeededBefore.with(newIndexes(view, hasSucceeded));
  const failedIndexes = limitsEachIndex(spec) ? failedIndexesNow(view) : undefined;
  const starts = status.startTimeNs < 0 && !spec.suspend;
  const counts = {
    active,
    ready: active.filter((pod) => pod.status.ready).length,
    terminating: pods.filter(isTerminating).length,
    succeeded: isIndexed(spec)
      ? succeededIndexes.size
      : status.succeeded + newSucceeded.length + uncounted.succeeded.length,
    failed: status.failed + counted.length + uncounted.failed.length,
    startTimeNs: starts ? nowNs : status.startTimeNs,
    failures: recordEnds(view.failures, newSucceeded, newFailed, view.endOf),
    succeededBefore,
    succeededIndexes,
    failedIndexes,
    awaitingSuccessor:
      failedIndexes === undefined ? new Map() : awaitingSuccessor(view, succeededIndexes, failedIndexes),
  };
  const end = endOfJob(view, counts);
  const recheckDelayNs = end === undefined ? deadlineDelayNs(spec, counts.startTimeNs, nowNs) : -1;
  return { ...counts, end, recheckDelayNs };
}

function hasSucceeded(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded';
}

/** Pods that are in no counter yet (getValidPodsWithFilter). */
function uncountedPods({ spec, pods, released }: JobView, uncounted: ReadonlySet<number>): readonly Pod[] {
  return pods.filter((pod) => {
    if (!isTracked(pod) || uncounted.has(pod.id) || released.has(pod.id)) return false;
    return !isIndexed(spec) || isValidIndex(pod, spec);
  });
}

function isValidIndex(pod: Pod, spec: JobSpec): boolean {
  const index = completionIndex(pod);
  return index >= 0 && index < spec.completions;
}

/** Indexes of pods that are still tracked and pass the test. */
function newIndexes({ spec, pods }: JobView, passes: (pod: Pod) => boolean): readonly number[] {
  if (!isIndexed(spec)) return [];
  return pods.filter((pod) => isTracked(pod) && isValidIndex(pod, spec) && passes(pod)).map(completionIndex);
}

function failedIndexesNow(view: JobView): IndexSet {
  const before = IndexSet.parse(view.status.failedIndexes ?? '', view.spec.completions);
  return before.with(newIndexes(view, (pod) => failsIndex(pod, view)));
}

/** Whether a pod's failure is the one too many for its index (isIndexFailed). */
function failsIndex(pod: Pod, view: JobView): boolean {
  if (!isFailed(pod, view.spec)) return false;
  const { action, counted } = judgePod(pod, view.spec, view.endOf);
  if (action === 'FailIndex') return true;
  return counted && failureCount(pod.metadata.annotations, INDEX_FAILURES) >= view.spec.backoffLimitPerIndex;
}

function awaitingSuccessor(view: JobView, succeeded: IndexSet, failed: IndexSet): ReadonlyMap<number, Pod> {
  const settled = new Set(view.pods.filter(isPodActive).map(completionIndex));
  const last = new Map<number, Pod>();
  for (const pod of uncountedPods(view, new Set())) {
    const index = completionIndex(pod);
    if (!isFailed(pod, view.spec) || settled.has(index) || succeeded.has(index) || failed.has(index)) continue;
    const known = last.get(index);
    if (known === undefined || isLater(pod, known, view.endOf)) last.set(index, pod);
  }
  return last;
}

function isLater(pod: Pod, known: Pod, endOf: EndOf): boolean {
  return indexFailures(known) <= indexFailures(pod) && endOf(pod).finishedNs >= endOf(known).finishedNs;
}
