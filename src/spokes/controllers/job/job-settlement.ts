import type { JobStatus } from '../../../api/job.js';
import type { JobTracking } from './job-tracking.js';

/** Moves pods that have lost their finalizer from the waiting list into the counters (cleanUncountedPods…). */
export function countReleased(status: JobStatus, held: ReadonlySet<number>): JobStatus {
  const succeeded = status.uncounted.succeeded.filter((id) => held.has(id));
  const failed = status.uncounted.failed.filter((id) => held.has(id));
  return {
    ...status,
    succeeded: status.succeeded + status.uncounted.succeeded.length - succeeded.length,
    failed: status.failed + status.uncounted.failed.length - failed.length,
    uncounted: { succeeded, failed },
  };
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
