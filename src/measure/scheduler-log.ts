import { Histogram } from '../stats/histogram.js';
import { type BucketCounts, bucketCounts, exponentialBounds } from './bucket-counts.js';

/** As kube-scheduler has them (pkg/scheduler/metrics/metrics.go): seconds, attempts, seconds. */
export const ATTEMPT_BOUNDS: readonly number[] = exponentialBounds(0.001, 2, 15);
export const POD_ATTEMPTS_BOUNDS: readonly number[] = exponentialBounds(1, 2, 5);
export const POD_DURATION_BOUNDS: readonly number[] = exponentialBounds(0.01, 2, 20);

/** Attempts of one profile that ended alike. */
export interface AttemptFigures {
  /** `scheduled`, `unschedulable` or `error`. */
  readonly result: string;
  readonly profile: string;
  /** From the begin of the attempt to its end, binding included. */
  readonly durations: BucketCounts;
}

/** What kube-schedulers did. */
export interface SchedulerFigures {
  readonly attempts: readonly AttemptFigures[];
  /** Of pods that came to a node: attempts, and time since the first of them. */
  readonly podAttempts: BucketCounts;
  readonly podDurations: BucketCounts;
}

/** Counts the attempts of all schedulers since time zero. */
export class SchedulerLog {
  private attempts: Map<string, { result: string; profile: string; durationsNs: Histogram }>;
  private podAttempts: Histogram;
  private podDurationsNs: Histogram;

  constructor() {
    this.attempts = new Map();
    this.podAttempts = new Histogram();
    this.podDurationsNs = new Histogram();
  }

  /** Forgets everything: time zero. */
  begin(): void {
    this.attempts = new Map();
    this.podAttempts = new Histogram();
    this.podDurationsNs = new Histogram();
  }

  attempted(result: string, profile: string, durationNs: number): void {
    const key = `${result} ${profile}`;
    let log = this.attempts.get(key);
    if (log === undefined) {
      log = { result, profile, durationsNs: new Histogram() };
      this.attempts.set(key, log);
    }
    log.durationsNs.record(durationNs);
  }

  scheduled(attempts: number, durationNs: number): void {
    this.podAttempts.record(attempts);
    this.podDurationsNs.record(durationNs);
  }

  figures(): SchedulerFigures {
    return {
      attempts: [...this.attempts.values()].map(({ result, profile, durationsNs }) => {
        return { result, profile, durations: bucketCounts(durationsNs, ATTEMPT_BOUNDS) };
      }),
      podAttempts: bucketCounts(this.podAttempts, POD_ATTEMPTS_BOUNDS, 1),
      podDurations: bucketCounts(this.podDurationsNs, POD_DURATION_BOUNDS),
    };
  }
}
