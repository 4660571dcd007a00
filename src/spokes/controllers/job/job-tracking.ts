import type { JobCondition, JobStatus } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import { findEnded } from './ended-pods.js';
import type { JobAssessment, JobView } from './job-assessment.js';
import { jobCondition, trueCondition } from './job-end.js';
import { completionIndex, isIndexed, isTracked } from './job-pod.js';
import type { JobProgress } from './job-progress.js';
import { countReleased } from './job-settlement.js';

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
  const found = findEnded(ordered, view, assessment, progress.end, settled.uncounted);
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
