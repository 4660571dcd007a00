import type { Pod } from '../../../api/pod.js';
import { type EndOf, indexFailures } from './job-pod.js';

/** Wait after the first failure, and the longest one (DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff). */
const INITIAL_BACKOFF_NS = 10e9;
const BACKOFF_MAX_NS = 600e9;

/** Failures of a Job since its last success. */
export interface FailureRecord {
  readonly failures: number;
  /** When the last of them happened; -1 if there was none. */
  readonly lastFailureNs: number;
}

export const NO_FAILURES: FailureRecord = Object.freeze({ failures: 0, lastFailureNs: -1 });

/** The record after more pods have ended (backoff_utils.go newBackoffRecord). */
export function recordEnds(
  record: FailureRecord,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
  endOf: EndOf,
): FailureRecord {
  const failureTimes = failed.map((pod) => endOf(pod).finishedNs);
  if (succeeded.length === 0) {
    if (failed.length === 0) return record;
    return { failures: record.failures + failed.length, lastFailureNs: Math.max(...failureTimes) };
  }
  const lastSuccessNs = Math.max(...succeeded.map((pod) => endOf(pod).finishedNs));
  const later = failureTimes.filter((timeNs) => timeNs > lastSuccessNs);
  return later.length === 0 ? NO_FAILURES : { failures: later.length, lastFailureNs: Math.max(...later) };
}

/** How long no new pod may be made after so many failures in a row (getRemainingTimeForFailuresCount). */
export function remainingBackoffNs({ failures, lastFailureNs }: FailureRecord, nowNs: number): number {
  if (failures === 0) return 0;
  let backoffNs = INITIAL_BACKOFF_NS;
  for (let i = 1; i < failures && backoffNs < BACKOFF_MAX_NS; i++) backoffNs = Math.min(2 * backoffNs, BACKOFF_MAX_NS);
  return Math.max(0, backoffNs - (nowNs - lastFailureNs));
}

/** The same for one index, whose last failed pod knows how many there were before (getRemainingTimePerIndex). */
export function remainingIndexBackoffNs(lastFailed: Pod | undefined, endOf: EndOf, nowNs: number): number {
  if (lastFailed === undefined) return 0;
  const record = { failures: indexFailures(lastFailed) + 1, lastFailureNs: endOf(lastFailed).finishedNs };
  return remainingBackoffNs(record, nowNs);
}
