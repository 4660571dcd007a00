import type { LabelSelector } from './label-selector.js';
import type { ApiObject } from './object.js';
import type { PodTemplate } from './pod.js';

/** What happens to a failed pod that a rule of the failure policy matches. */
export type FailureAction = 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';

/** Matches containers that ended with one of these codes, or with another non-zero one. */
export interface ExitCodePattern {
  /** `''` stands for any container. */
  readonly containerName: string;
  readonly operator: 'In' | 'NotIn';
  readonly values: readonly number[];
}

export interface PodConditionPattern {
  readonly type: string;
  readonly status: string;
}

/** One of the two patterns is given. */
export interface PodFailureRule {
  readonly action: FailureAction;
  readonly onExitCodes: ExitCodePattern | undefined;
  readonly onPodConditions: readonly PodConditionPattern[] | undefined;
}

/** The Job succeeds when these indexes have, or so many of them; one of the two may be missing. */
export interface SuccessRule {
  readonly succeededIndexes: string | undefined;
  readonly succeededCount: number | undefined;
}

export interface JobSpec {
  readonly parallelism: number;
  /** Pods that must succeed; -1 when one is enough and the others may end as they like. */
  readonly completions: number;
  readonly completionMode: 'NonIndexed' | 'Indexed';
  readonly backoffLimit: number;
  /** Failures allowed to each index, and indexes that may fail; -1 where it is not limited this way. */
  readonly backoffLimitPerIndex: number;
  readonly maxFailedIndexes: number;
  /** -1 when it may take for ever, and when it is kept for ever. */
  readonly activeDeadlineSeconds: number;
  readonly ttlSecondsAfterFinished: number;
  readonly suspend: boolean;
  /** `Failed` waits for a pod to end before it makes another. */
  readonly podReplacementPolicy: 'TerminatingOrFailed' | 'Failed';
  /** Rules in the order in which they are tried. */
  readonly podFailurePolicy: readonly PodFailureRule[] | undefined;
  readonly successPolicy: readonly SuccessRule[] | undefined;
  readonly selector: LabelSelector;
  /** Whose it is; `''` is the Job controller's. */
  readonly managedBy: string;
  readonly template: PodTemplate;
}

export interface JobCondition {
  readonly type: 'Suspended' | 'FailureTarget' | 'Failed' | 'SuccessCriteriaMet' | 'Complete';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionNs: number;
}

/** Pods that have ended and are not in the counters yet, by id: each leaves the list once its finalizer is gone. */
export interface UncountedPods {
  readonly succeeded: readonly number[];
  readonly failed: readonly number[];
}

export interface JobStatus {
  readonly active: number;
  /** Undefined until a controller has written a status; so its first sync writes one, and with it the start time. */
  readonly ready: number | undefined;
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Indexes as `1,3-5`. */
  readonly completedIndexes: string;
  /** The same; undefined while failures are not counted by index. */
  readonly failedIndexes: string | undefined;
  readonly uncounted: UncountedPods;
  /** -1 before it has started, while it is suspended, and before it is complete. */
  readonly startTimeNs: number;
  readonly completionTimeNs: number;
  readonly conditions: readonly JobCondition[];
}

export type Job = ApiObject<JobSpec, JobStatus>;

/** The condition that ended a Job, undefined while it is not finished (job util FinishedCondition). */
export function finishedCondition({ conditions }: JobStatus): JobCondition | undefined {
  return conditions.find(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True');
}

/** Status of a Job that no controller has seen yet. */
export const NEW_JOB_STATUS: JobStatus = Object.freeze({
  active: 0,
  ready: undefined,
  terminating: 0,
  succeeded: 0,
  failed: 0,
  completedIndexes: '',
  failedIndexes: undefined,
  uncounted: Object.freeze({ succeeded: Object.freeze([]), failed: Object.freeze([]) }),
  startTimeNs: -1,
  completionTimeNs: -1,
  conditions: Object.freeze([]),
});
