import { TokenBucket } from './token-bucket.js';

const BASE_NS = 5e6;
const MAX_NS = 1000e9;
const QPS = 10;
const BURST = 100;

/**
 * client-go's default controller rate limiter: the longer of a per-key exponential backoff (5 ms … 1000 s) and one
 * bucket of 10 a second, burst 100, for all keys (util/workqueue/default_rate_limiters.go).
 */
export class RetryLimiter {
  private readonly failures: Map<number, number>;
  private readonly bucket: TokenBucket;

  constructor() {
    this.failures = new Map();
    this.bucket = new TokenBucket(QPS, BURST);
  }

  nextNs(key: number, nowNs: number): number {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const backoffNs = failures < 20 ? Math.min(BASE_NS * (1 << failures), MAX_NS) : MAX_NS;
    return Math.max(backoffNs, this.bucket.reserve(nowNs));
  }

  forget(key: number): void {
    this.failures.delete(key);
  }

  retries(key: number): number {
    return this.failures.get(key) ?? 0;
  }
}
