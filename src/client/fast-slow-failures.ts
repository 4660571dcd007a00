/**
 * client-go's backoff of a few quick retries of a key and slow ones after them
 * (util/workqueue/default_rate_limiters.go TypedItemFastSlowRateLimiter).
 */
export class FastSlowFailures {
  private readonly fastNs: number;
  private readonly slowNs: number;
  private readonly maxFastAttempts: number;
  private readonly failures: Map<number, number>;

  constructor(fastNs: number, slowNs: number, maxFastAttempts: number) {
    this.fastNs = fastNs;
    this.slowNs = slowNs;
    this.maxFastAttempts = maxFastAttempts;
    this.failures = new Map();
  }

  /** Counts a failure of the key and returns the delay before its next try. */
  nextNs(key: number): number {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    return failures <= this.maxFastAttempts ? this.fastNs : this.slowNs;
  }

  forget(key: number): void {
    this.failures.delete(key);
  }
}
