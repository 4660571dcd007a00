import type { JobSpec } from './job.js';
import type { Labels } from './labels.js';
import type { ApiObject } from './object.js';

export interface JobTemplate {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly spec: JobSpec;
}

export interface CronJobSpec {
  /** Five fields, `@hourly` or `@every 90s`. */
  readonly schedule: string;
  /** By whose clocks, as the IANA database has it; `''` for UTC. */
  readonly timeZone: string;
  /** A start missed by more than this is skipped; -1 for none. */
  readonly startingDeadlineSeconds: number;
  readonly concurrencyPolicy: 'Allow' | 'Forbid' | 'Replace';
  readonly suspend: boolean;
  readonly jobTemplate: JobTemplate;
  /** Finished Jobs to keep; -1 for all. */
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
}

/** A Job that a CronJob has started and not yet seen the end of. */
export interface JobReference {
  readonly id: number;
  readonly name: string;
}

export interface CronJobStatus {
  readonly active: readonly JobReference[];
  /** Virtual times, -1 for never. */
  readonly lastScheduleNs: number;
  readonly lastSuccessfulNs: number;
}

export type CronJob = ApiObject<CronJobSpec, CronJobStatus>;

/** Status of a CronJob that no controller has seen yet. */
export const NEW_CRON_JOB_STATUS: CronJobStatus = Object.freeze({
  active: Object.freeze([]),
  lastScheduleNs: -1,
  lastSuccessfulNs: -1,
});
