import type { CronJobSpec, JobTemplate } from './cron-job.js';
import type { JobSpec, PodFailureRule, SuccessRule } from './job.js';
import { type JsonObject, objectAt } from './json.js';
import type { PodTemplate } from './pod.js';

/** Spec of a Job out of a checked and defaulted manifest. */
export function jobSpec(manifest: JsonObject, template: PodTemplate): JobSpec {
  const { podFailurePolicy, successPolicy, ...fields } = manifest;
  const known = fields as unknown as Partial<JobSpec>;
  return {
    parallelism: known.parallelism ?? 1,
    completions: known.completions ?? -1,
    completionMode: known.completionMode ?? 'NonIndexed',
    backoffLimit: known.backoffLimit ?? 6,
    backoffLimitPerIndex: known.backoffLimitPerIndex ?? -1,
    maxFailedIndexes: known.maxFailedIndexes ?? -1,
    activeDeadlineSeconds: known.activeDeadlineSeconds ?? -1,
    ttlSecondsAfterFinished: known.ttlSecondsAfterFinished ?? -1,
    suspend: known.suspend ?? false,
    podReplacementPolicy: known.podReplacementPolicy ?? 'TerminatingOrFailed',
    podFailurePolicy: rulesOf(podFailurePolicy)?.map(failureRule),
    successPolicy: rulesOf(successPolicy)?.map(successRule),
    selector: known.selector ?? {},
    managedBy: known.managedBy ?? '',
    template,
  };
}

function rulesOf(policy: unknown): readonly JsonObject[] | undefined {
  return policy === undefined ? undefined : ((policy as JsonObject).rules as readonly JsonObject[]);
}

function failureRule(rule: JsonObject): PodFailureRule {
  const { action, onPodConditions } = rule as unknown as PodFailureRule;
  const onExitCodes = objectAt(rule, 'onExitCodes');
  return {
    action,
    onExitCodes: onExitCodes && ({ containerName: '', ...onExitCodes } as unknown as PodFailureRule['onExitCodes']),
    onPodConditions,
  };
}

function successRule({ succeededIndexes, succeededCount }: JsonObject): SuccessRule {
  return {
    succeededIndexes: succeededIndexes as string | undefined,
    succeededCount: succeededCount as number | undefined,
  };
}

export function cronJobSpec(manifest: JsonObject, jobTemplate: JobTemplate): CronJobSpec {
  const known = manifest as unknown as Partial<CronJobSpec> & Pick<CronJobSpec, 'schedule'>;
  return {
    schedule: known.schedule,
    timeZone: known.timeZone ?? '',
    startingDeadlineSeconds: known.startingDeadlineSeconds ?? -1,
    concurrencyPolicy: known.concurrencyPolicy ?? 'Allow',
    suspend: known.suspend ?? false,
    jobTemplate,
    successfulJobsHistoryLimit: known.successfulJobsHistoryLimit ?? -1,
    failedJobsHistoryLimit: known.failedJobsHistoryLimit ?? -1,
  };
}
