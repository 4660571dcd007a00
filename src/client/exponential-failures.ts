import { KeyNumbers } from './key-numbers.js';

/**
 * client-go's backoff of each key by itself: a base delay that doubles with every failure in a row, up to a maximum
 * (util/workqueue/default_rate_limiters.go TypedItemExponentialFailureRateLimiter).
 */
export class ExponentialFailures {
  private readonly baseNs: number;
  private readonly maxNs: number;
  private readonly failures: KeyNumbers;

  constructor(baseNs: number, maxNs: number) {
    this.baseNs = baseNs;
    this.maxNs = maxNs;
    this.failures = new KeyNumbers();
  }

  /** Counts a failure of the key and returns the delay before its next try. */
  nextNs(key: number): number {
    const failures = this.retries(key);
    this.failures.put(key, failures + 1);
    let delayNs = this.baseNs;
    for (let i = 0; i < failures && delayNs < this.maxNs; i++) delayNs *= 2;
    return Math.min(delayNs, this.maxNs);
  }

  forget(key: number): void {
    if (this.failures.of(key) !== 0) this.failures.put(key, 0);
  }

  /** Failures in a row. */
  retries(key: number): number {
    return this.failures.of(key);
  }
}
