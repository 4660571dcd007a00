import type { CronJobSpec, CronJobStatus, JobReference } from '../../../api/cron-job.js';
import { finishedCondition, type Job } from '../../../api/job.js';

/** A CronJob's status brought up to date with its Jobs. */
export interface SeenJobs {
  readonly status: CronJobStatus;
  readonly changed: boolean;
  /** Active Jobs that the cache does not know: to be dropped once the API server does not know them either. */
  readonly missing: readonly JobReference[];
}

/** Takes finished Jobs off the active list, and notes the last success (first part of syncCronJob). */
export function seeJobs(status: CronJobStatus, jobs: readonly Job[]): SeenJobs {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const isFinished = ({ id }: JobReference): boolean => {
    const job = byId.get(id);
    return job !== undefined && finishedCondition(job.status) !== undefined;
  };
  const active = status.active.filter((job) => !isFinished(job));
  const successes = jobs.filter((job) => finishedCondition(job.status)?.type === 'Complete');
  const lastSuccessfulNs = Math.max(status.lastSuccessfulNs, ...successes.map((job) => job.status.completionTimeNs));
  const changed = active.length !== status.active.length || lastSuccessfulNs !== status.lastSuccessfulNs;
  const missing = active.filter(({ id }) => !byId.has(id));
  return { status: { ...status, active, lastSuccessfulNs }, changed, missing };
}

/** The finished Jobs beyond the limits, oldest first (cleanupFinishedJobs). */
export function expiredJobs(spec: CronJobSpec, jobs: readonly Job[]): readonly Job[] {
  const ended = (type: 'Complete' | 'Failed', limit: number): readonly Job[] => {
    const finished = jobs.filter((job) => finishedCondition(job.status)?.type === type).sort(byStart);
    return limit < 0 ? [] : finished.slice(0, Math.max(0, finished.length - limit));
  };
  return [...ended('Complete', spec.successfulJobsHistoryLimit), ...ended('Failed', spec.failedJobsHistoryLimit)];
}

/** Jobs that never started come last; equals by name. */
function byStart(a: Job, b: Job): number {
  const startOf = ({ status }: Job): number => (status.startTimeNs < 0 ? Number.MAX_SAFE_INTEGER : status.startTimeNs);
  const difference = startOf(a) - startOf(b);
  if (difference !== 0) return difference;
  return a.metadata.name < b.metadata.name ? -1 : Number(a.metadata.name > b.metadata.name);
}
