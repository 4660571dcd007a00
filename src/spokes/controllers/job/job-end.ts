import type { JobCondition, JobSpec, JobStatus } from '../../../api/job.js';
import type { Pod } from '../../../api/pod.js';
import { judgePod } from './failure-policy.js';
import type { JobAssessment, JobView } from './job-assessment.js';
import { isFailed, isIndexed, limitsEachIndex } from './job-pod.js';
import { metSuccessRule } from './success-policy.js';

/** What is known before it is decided whether the Job ends. */
type JobCounts = Omit<JobAssessment, 'end' | 'recheckDelayNs'>;

/** The condition of a type, if it is true. */
export function trueCondition({ conditions }: JobStatus, type: JobCondition['type']): JobCondition | undefined {
  return conditions.find((each) => each.type === type && each.status === 'True');
}

export function jobCondition(
  type: JobCondition['type'],
  reason: string,
  message: string,
  lastTransitionNs: number,
): JobCondition {
  return { type, status: 'True', reason, message, lastTransitionNs };
}

/**
 * Why a Job ends, apart from having all of its completions (middle of syncJob). What was decided before stands; failure
 * comes before success, the failure policy before the limits.
 */
export function endOfJob(view: JobView, counts: JobCounts): JobCondition | undefined {
  const { spec, status, nowNs } = view;
  const success = trueCondition(status, 'SuccessCriteriaMet');
  if (success !== undefined) return success;
  const target = trueCondition(status, 'FailureTarget');
  if (target !== undefined) return jobCondition('Failed', target.reason, target.message, nowNs);
  const failure = failureMessage(view) ?? limitMessage(view, counts) ?? indexMessage(spec, counts);
  if (failure !== undefined) return jobCondition('FailureTarget', failure.reason, failure.message, nowNs);
  if (!isIndexed(spec)) return undefined;
  const met = metSuccessRule(spec.successPolicy, spec.completions, counts.succeededIndexes);
  return met === undefined ? undefined : jobCondition('SuccessCriteriaMet', 'SuccessPolicy', met, nowNs);
}

interface Failure {
  readonly reason: string;
  readonly message: string;
}

/** A failed pod that the failure policy does not forgive (getFailJobMessage). */
function failureMessage(view: JobView): Failure | undefined {
  if (view.spec.podFailurePolicy === undefined) return undefined;
  for (const pod of view.pods) {
    const message = isFailed(pod, view.spec) ? judgePod(pod, view.spec, view.endOf).message : undefined;
    if (message !== undefined) return { reason: 'PodFailurePolicy', message };
  }
  return undefined;
}

function limitMessage({ spec, pods, nowNs }: JobView, counts: JobCounts): Failure | undefined {
  if (counts.failed > spec.backoffLimit || restartsTooOften(spec, pods))
    return { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  return deadlineDelayNs(spec, counts.startTimeNs, nowNs) === 0
    ? { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' }
    : undefined;
}

/** How long the Job may still run; -1 if nothing limits it, or it does not run (pastActiveDeadline). */
export function deadlineDelayNs(spec: JobSpec, startTimeNs: number, nowNs: number): number {
  if (spec.activeDeadlineSeconds < 0 || startTimeNs < 0 || spec.suspend) return -1;
  return Math.max(0, startTimeNs + spec.activeDeadlineSeconds * 1e9 - nowNs);
}

/** Containers that restart in place count as failures (pastBackoffLimitOnFailure). */
function restartsTooOften({ template, backoffLimit }: JobSpec, pods: readonly Pod[]): boolean {
  if (template.shape.restartPolicy !== 'OnFailure') return false;
  const alive = pods.filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending');
  const restarts = alive.reduce((sum, { status }) => sum + status.restarts, 0);
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}

function indexMessage(spec: JobSpec, counts: JobCounts): Failure | undefined {
  if (!limitsEachIndex(spec)) return undefined;
  const failed = counts.failedIndexes?.size ?? 0;
  if (spec.maxFailedIndexes >= 0 && failed > spec.maxFailedIndexes)
    return {
      reason: 'MaxFailedIndexesExceeded',
      message: 'Job has exceeded the specified maximal number of failed indexes',
    };
  return failed > 0 && failed + counts.succeededIndexes.size >= spec.completions
    ? { reason: 'FailedIndexes', message: 'Job has failed indexes' }
    : undefined;
}
