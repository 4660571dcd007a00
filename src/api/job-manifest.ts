import type { CronJobSpec, CronJobStatus } from './cron-job.js';
import type { JobSpec, JobStatus, PodFailureRule } from './job.js';
import type { JsonObject } from './json.js';
import { timestamp } from './timestamp.js';
import { templateManifest } from './workload-manifest.js';

/** -1 stands for what a manifest leaves out. */
function unlessNegative(count: number): number | undefined {
  return count < 0 ? undefined : count;
}

export function jobManifest({ template, podFailurePolicy, successPolicy, selector, ...spec }: JobSpec): JsonObject {
  return {
    ...spec,
    completions: unlessNegative(spec.completions),
    backoffLimitPerIndex: unlessNegative(spec.backoffLimitPerIndex),
    maxFailedIndexes: unlessNegative(spec.maxFailedIndexes),
    activeDeadlineSeconds: unlessNegative(spec.activeDeadlineSeconds),
    ttlSecondsAfterFinished: unlessNegative(spec.ttlSecondsAfterFinished),
    podFailurePolicy: podFailurePolicy && { rules: podFailurePolicy.map(failureRule) },
    successPolicy: successPolicy && { rules: successPolicy },
    managedBy: spec.managedBy || undefined,
    selector: Object.keys(selector).length === 0 ? undefined : selector,
    template: templateManifest(template),
  };
}

function failureRule({ onExitCodes, ...rule }: PodFailureRule): JsonObject {
  const containerName = onExitCodes?.containerName || undefined;
  return { ...rule, onExitCodes: onExitCodes && { ...onExitCodes, containerName } };
}

export function jobStatusManifest(status: JobStatus): JsonObject {
  const { uncounted, completedIndexes, failedIndexes, startTimeNs, completionTimeNs, conditions, ...counts } = status;
  return {
    ...counts,
    completedIndexes: completedIndexes || undefined,
    failedIndexes: failedIndexes || undefined,
    uncountedTerminatedPods: {
      succeeded: uncounted.succeeded.length === 0 ? undefined : uncounted.succeeded.map(String),
      failed: uncounted.failed.length === 0 ? undefined : uncounted.failed.map(String),
    },
    startTime: timestamp(startTimeNs),
    completionTime: timestamp(completionTimeNs),
    conditions: conditions.map(({ lastTransitionNs, ...condition }) => ({
      ...condition,
      lastTransitionTime: timestamp(lastTransitionNs),
    })),
  };
}

export function cronJobManifest({ jobTemplate, startingDeadlineSeconds, timeZone, ...spec }: CronJobSpec): JsonObject {
  const { labels, annotations } = jobTemplate;
  return {
    ...spec,
    ...(timeZone === '' ? {} : { timeZone }),
    startingDeadlineSeconds: unlessNegative(startingDeadlineSeconds),
    successfulJobsHistoryLimit: unlessNegative(spec.successfulJobsHistoryLimit),
    failedJobsHistoryLimit: unlessNegative(spec.failedJobsHistoryLimit),
    jobTemplate: { metadata: { labels, annotations }, spec: jobManifest(jobTemplate.spec) },
  };
}

export function cronJobStatusManifest({ active, lastScheduleNs, lastSuccessfulNs }: CronJobStatus): JsonObject {
  return {
    active: active.map(({ id, name }) => ({ kind: 'Job', name, uid: String(id) })),
    lastScheduleTime: timestamp(lastScheduleNs),
    lastSuccessfulTime: timestamp(lastSuccessfulNs),
  };
}
