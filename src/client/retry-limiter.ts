import { ExponentialFailures } from './exponential-failures.js';
import { TokenBucket } from './token-bucket.js';

const BASE_NS = 5e6;
const MAX_NS = 1000e9;
const QPS = 10;
const BURST = 100;

/** How long a key that failed waits for its next try. */
export interface RetryDelays {
  nextNs(key: number, nowNs: number): number;
  forget(key: number): void;
  /** Failures in a row. */
  retries(key: number): number;
}

/**
 * client-go's default controller rate limiter: the longer of a per-key exponential backoff (5 ms … 1000 s) and one
 * bucket of 10 a second, burst 100, for all keys (util/workqueue/default_rate_limiters.go).
 */
export class RetryLimiter implements RetryDelays {
  private readonly failures: ExponentialFailures;
  private readonly bucket: TokenBucket;

  /** The first and the longest backoff of a key. */
  constructor(baseNs: number = BASE_NS, maxNs: number = MAX_NS) {
    this.failures = new ExponentialFailures(baseNs, maxNs);
    this.bucket = new TokenBucket(QPS, BURST);
  }

  /** Counts a failure of the key and returns the delay before its next try. */
  nextNs(key: number, nowNs: number): number {
    return Math.max(this.failures.nextNs(key), this.bucket.reserve(nowNs));
  }

  forget(key: number): void {
    this.failures.forget(key);
  }

  /** Failures in a row. */
  retries(key: number): number {
    return this.failures.retries(key);
  }
}
