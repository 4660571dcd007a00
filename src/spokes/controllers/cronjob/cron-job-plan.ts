import type { CronJobSpec, CronJobStatus, JobReference } from '../../../api/cron-job.js';
import type { CronSchedule } from './cron-schedule.js';
import { type CronTimes, missedRuns, nextLookDelayNs } from './missed-runs.js';

/** Why a sync starts a Job, or does not. */
export type CronVerdict = 'start' | 'suspended' | 'impossible' | 'not due' | 'too late' | 'started' | 'still running';

export interface CronJobPlan {
  readonly verdict: CronVerdict;
  /** The time for which the Job is, -1 where none is due. */
  readonly scheduledNs: number;
  /** So many starts were missed that the user should know. */
  readonly missedMany: boolean;
  /** Jobs to delete first. */
  readonly replaced: readonly JobReference[];
  /** When to look again; -1 for not before something changes. */
  readonly recheckDelayNs: number;
}

/** What a CronJob looks like once its Jobs have been seen to. */
export interface CronJobView {
  readonly name: string;
  readonly spec: CronJobSpec;
  readonly status: CronJobStatus;
  readonly createdNs: number;
  readonly nowNs: number;
  /** Unix seconds of virtual time zero. */
  readonly originSeconds: number;
}

/** Decides whether a Job is due (cronjob_controllerv2.go syncCronJob). */
export function planCronJob(view: CronJobView, schedule: CronSchedule): CronJobPlan {
  const { name, spec, status, createdNs, nowNs, originSeconds } = view;
  const { startingDeadlineSeconds } = spec;
  const { lastScheduleNs } = status;
  const times: CronTimes = { createdNs, lastScheduleNs, startingDeadlineSeconds, nowNs, originSeconds };
  const idle = { scheduledNs: -1, missedMany: false, replaced: [], recheckDelayNs: -1 };
  if (spec.suspend) return { ...idle, verdict: 'suspended' };
  const { mostRecentNs: scheduledNs, count, impossible } = missedRuns(schedule, times, true);
  if (impossible) return { ...idle, verdict: 'impossible' };
  const plan = { ...idle, scheduledNs, missedMany: count === 'many', recheckDelayNs: nextLookDelayNs(schedule, times) };
  if (scheduledNs < 0) return { ...plan, missedMany: false, verdict: 'not due' };
  if (startingDeadlineSeconds >= 0 && scheduledNs + startingDeadlineSeconds * 1e9 < nowNs)
    return { ...plan, verdict: 'too late' };
  const due = jobName(name, scheduledNs, originSeconds);
  if (status.active.some((job) => job.name === due)) return { ...plan, verdict: 'started' };
  if (spec.concurrencyPolicy === 'Forbid' && status.active.length > 0) return { ...plan, verdict: 'still running' };
  // Once it has started, the next look counts from this start.
  const recheckDelayNs = nextLookDelayNs(schedule, { ...times, lastScheduleNs: scheduledNs });
  const replaced = spec.concurrencyPolicy === 'Replace' ? status.active : [];
  return { ...plan, verdict: 'start', replaced, recheckDelayNs };
}

/** Name of the Job for a start: with the minutes since 1970, so that no start happens twice (getJobName). */
export function jobName(cronJobName: string, scheduledNs: number, originSeconds: number): string {
  return `${cronJobName}-${Math.floor((scheduledNs / 1e9 + originSeconds) / 60)}`;
}
