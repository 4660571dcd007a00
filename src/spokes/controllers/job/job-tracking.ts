import type { JobCondition, JobStatus } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import { judgePod } from './failure-policy.js';
import type { JobAssessment, JobView } from './job-assessment.js';
import { jobCondition, trueCondition } from './job-end.js';
import { completionIndex, isFailed, isIndexed, isTracked } from './job-pod.js';
import type { JobProgress } from './job-progress.js';

/** Pods that may be waiting to be counted at once (MaxUncountedPods). */
const UNCOUNTED_MAX = 500;

/**
 * How finished pods get into the counters: first the status says which they are, then they lose their finalizer, then
 * they are counted. So none is lost and none counts twice, whatever fails in between.
 */
export interface JobTracking {
  readonly status: JobStatus;
  /** Whether the status must be written before the pods are released. */
  readonly changed: boolean;
  /** Pods to release from their finalizer. */
  readonly releases: readonly Pod[];
  /** The final condition, to be set once all pods are counted and gone. */
  readonly end: JobCondition | undefined;
  /** More pods than one sync handles: it goes on in the next. */
  readonly unfinished: boolean;
}

/** What can be counted now (first part of trackJobStatusAndRemoveFinalizers). */
export function trackPods(view: JobView, assessment: JobAssessment, progress: JobProgress): JobTracking {
  const { status, spec } = view;
  const held = view.pods.filter((pod) => isTracked(pod) && !view.released.has(pod.id));
  const settled = countReleased(status, new Set(held.map(({ id }) => id)));
  const ordered = isIndexed(spec) ? held.toSorted((a, b) => completionIndex(a) - completionIndex(b)) : held;
  const found = sortOut(ordered, view, assessment, progress, settled);
  const counted = {
    ...settled,
    ...(isIndexed(spec) && indexStatus(assessment, found.indexes)),
    uncounted: { succeeded: found.succeeded, failed: found.failed },
    active: progress.active,
    ready: progress.ready,
    terminating: progress.terminating,
    startTimeNs: progress.startTimeNs,
  };
  const conditions = withInterim(progress, status);
  return {
    status: { ...counted, conditions },
    changed: found.counts || conditions !== status.conditions || !sameNumbers(status, counted),
    releases: found.releases,
    end: finalCondition(progress.end, view.nowNs),
    unfinished: found.unfinished,
  };
}

/** Moves pods that have lost their finalizer from the waiting list into the counters (cleanUncountedPods…). */
function countReleased(status: JobStatus, held: ReadonlySet<number>): JobStatus {
  const succeeded = status.uncounted.succeeded.filter((id) => held.has(id));
  const failed = status.uncounted.failed.filter((id) => held.has(id));
  return {
    ...status,
    succeeded: status.succeeded + status.uncounted.succeeded.length - succeeded.length,
    failed: status.failed + status.uncounted.failed.length - failed.length,
    uncounted: { succeeded, failed },
  };
}

interface Findings {
  readonly releases: Pod[];
  readonly succeeded: number[];
  readonly failed: number[];
  /** Completion indexes that succeeded. */
  readonly indexes: number[];
  counts: boolean;
  unfinished: boolean;
}

/** Goes through the pods that hold a finalizer, and lists those that can be counted. */
function sortOut(
  held: readonly Pod[],
  view: JobView,
  assessment: JobAssessment,
  { end }: JobProgress,
  { uncounted }: JobStatus,
): Findings {
  const { succeeded, failed } = uncounted;
  const found: Findings = {
    releases: [],
    succeeded: [...succeeded],
    failed: [...failed],
    indexes: [],
    counts: false,
    unfinished: false,
  };
  const known = { succeeded: new Set(view.status.uncounted.succeeded), failed: new Set(view.status.uncounted.failed) };
  for (const pod of held) {
    if (!mayRelease(pod, view, assessment, end)) continue;
    found.releases.push(pod);
    const fails = isFailed(pod, view.spec) || (end !== undefined && end.type !== 'SuccessCriteriaMet');
    if (pod.status.phase === 'Succeeded' && !known.failed.has(pod.id))
      noteSuccess(pod, view, assessment, known.succeeded, found);
    else if (fails && !known.failed.has(pod.id)) noteFailure(pod, view, found);
    if (found.indexes.length + found.succeeded.length + found.failed.length >= UNCOUNTED_MAX) {
      found.unfinished = true;
      break;
    }
  }
  return found;
}

/** Whether a pod can be let go: it has ended, or the Job has (canRemoveFinalizer). */
function mayRelease(pod: Pod, view: JobView, assessment: JobAssessment, end: JobCondition | undefined): boolean {
  if (view.deleting || end !== undefined || pod.status.phase === 'Succeeded') return true;
  return isFailed(pod, view.spec) && assessment.awaitingSuccessor.get(completionIndex(pod)) !== pod;
}

function noteSuccess(
  pod: Pod,
  { spec }: JobView,
  { succeededBefore }: JobAssessment,
  known: ReadonlySet<number>,
  found: Findings,
): void {
  if (isIndexed(spec)) {
    const index = completionIndex(pod);
    if (index < 0 || index >= spec.completions || succeededBefore.has(index)) return;
    found.indexes.push(index);
  } else {
    if (known.has(pod.id)) return;
    found.succeeded.push(pod.id);
  }
  found.counts = true;
}

function noteFailure(pod: Pod, view: JobView, found: Findings): void {
  const { spec } = view;
  const index = completionIndex(pod);
  if (isIndexed(spec) && (index < 0 || index >= spec.completions)) return;
  if (!judgePod(pod, spec, view.endOf).counted) return;
  found.failed.push(pod.id);
  found.counts = true;
}

function indexStatus(
  { succeededIndexes, failedIndexes }: JobAssessment,
  added: readonly number[],
): Pick<JobStatus, 'succeeded' | 'completedIndexes' | 'failedIndexes'> {
  const succeeded = succeededIndexes.with(added);
  return {
    succeeded: succeeded.size,
    completedIndexes: succeeded.toString(),
    failedIndexes: failedIndexes?.toString(),
  };
}

/** A Job that ends says so first with an interim condition, while its pods are still being let go. */
function withInterim({ end, conditions }: JobProgress, status: JobStatus): readonly JobCondition[] {
  if (end?.type === 'FailureTarget') return [...conditions, end];
  if (end?.type !== 'SuccessCriteriaMet' || trueCondition(status, 'SuccessCriteriaMet')) return conditions;
  return [...conditions, end];
}

function finalCondition(end: JobCondition | undefined, nowNs: number): JobCondition | undefined {
  if (end === undefined || end.type === 'Failed') return end;
  const type = end.type === 'FailureTarget' ? 'Failed' : 'Complete';
  return jobCondition(type, end.reason, end.message, nowNs);
}

function sameNumbers(a: JobStatus, b: Omit<JobStatus, 'conditions'>): boolean {
  return (
    a.active === b.active &&
    a.ready === b.ready &&
    a.terminating === b.terminating &&
    a.completedIndexes === b.completedIndexes &&
    a.failedIndexes === b.failedIndexes &&
    a.uncounted.succeeded.length === b.uncounted.succeeded.length &&
    a.uncounted.failed.length === b.uncounted.failed.length
  );
}

/** The status once pods were released, and whether that ended the Job. */
export interface SettledJob {
  readonly status: JobStatus;
  readonly changed: boolean;
  readonly finished: boolean;
}

/** Counts the released pods, and ends the Job if nothing is left (rest of trackJobStatusAndRemoveFinalizers). */
export function settleJob(tracking: JobTracking, stillHeld: ReadonlySet<number>): SettledJob {
  const { status: before, end, unfinished } = tracking;
  const status = countReleased(before, stillHeld);
  const waiting = status.uncounted.succeeded.length + status.uncounted.failed.length;
  const finished = end !== undefined && !unfinished && waiting === 0 && status.terminating === 0;
  const counted = waiting !== before.uncounted.succeeded.length + before.uncounted.failed.length;
  if (!finished) return { status, changed: counted, finished };
  const completionTimeNs = end.type === 'Complete' ? end.lastTransitionNs : status.completionTimeNs;
  const conditions = [...status.conditions.filter(({ type }) => type !== end.type), end];
  return { status: { ...status, conditions, completionTimeNs }, changed: true, finished };
}
