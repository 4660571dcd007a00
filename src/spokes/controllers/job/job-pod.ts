import type { JobSpec } from '../../../api/job.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';

/** Keeps a finished pod until the Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
/** Failures of an index before this pod: those that counted, and those that the failure policy ignored. */
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';
export const INDEX_IGNORED_FAILURES = 'batch.kubernetes.io/job-index-ignored-failure-count';

const INT32_MAX = 2 ** 31 - 1;

/** How a pod ended. */
export interface PodEnd {
  /** When its last container ended; for one that never ran, when it was found dead. Virtual time. */
  readonly finishedNs: number;
  /** Containers that have ended, init containers last. */
  readonly containers: readonly { readonly name: string; readonly exitCode: number }[];
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

/** Looks up how a pod ended; for one that has not, with no containers and no conditions that matter. */
export type EndOf = (pod: Pod) => PodEnd;

/** The completion index of a pod, -1 if it has none. */
export function completionIndex(pod: Pod): number {
  const text = pod.metadata.annotations[COMPLETION_INDEX] ?? '';
  return /^\+?[0-9]+$/.test(text) ? Number(text) : -1;
}

/** A failure counter of a pod's index; 0 for text that is no number. */
export function failureCount(annotations: Labels, annotation: string): number {
  const text = annotations[annotation] ?? '';
  const count = /^\+?[0-9]+$/.test(text) ? Number(text) : 0;
  return count > INT32_MAX ? 0 : count;
}

/** All failures of a pod's index before it. */
export function indexFailures({ metadata }: Pod): number {
  return (
    failureCount(metadata.annotations, INDEX_FAILURES) + failureCount(metadata.annotations, INDEX_IGNORED_FAILURES)
  );
}

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers.includes(TRACKING_FINALIZER);
}

export function isIndexed(spec: JobSpec): boolean {
  return spec.completionMode === 'Indexed';
}

/** Whether failures are counted for each index (spec.backoffLimitPerIndex). */
export function limitsEachIndex(spec: JobSpec): boolean {
  return isIndexed(spec) && spec.backoffLimitPerIndex >= 0;
}

/** Whether a pod is replaced only once it has ended (onlyReplaceFailedPods). */
export function waitsForEnd(spec: JobSpec): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** Whether a pod counts as failed: also one that is being deleted, where those are not waited for (isPodFailed). */
export function isFailed(pod: Pod, spec: JobSpec): boolean {
  if (pod.status.phase === 'Failed') return true;
  return !waitsForEnd(spec) && pod.metadata.deleting && pod.status.phase !== 'Succeeded';
}

/** Being deleted and not ended yet (controller_utils IsPodTerminating). */
export function isTerminating({ metadata, status }: Pod): boolean {
  return metadata.deleting && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}
