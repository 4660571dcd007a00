import { ANY_NUMBER, keepFirst } from '../api/any-number.js';

/**
 * A client's rate limiter, to the nanosecond as client-go's: golang.org/x/time/rate with a 32-bit qps, full at the
 * start. Reservations are handed out in order of asking; each says how long to wait for its token.
 */
export abstract class Bucket {
  /** Tokens a second, a 32-bit number; 0 or less means no limit. */
  protected abstract get limit(): number;
  protected abstract get burst(): number;
  protected tokens: number;
  protected lastNs: number;

  constructor(tokens: number) {
    this.tokens = tokens;
    this.lastNs = 0;
  }

  get unlimited(): boolean {
    return this.limit <= 0;
  }

  /** Takes the next token and returns when it is there, as a delay from `nowNs` (rate.Limiter.reserveN). */
  reserve(nowNs: number): number {
    if (this.unlimited) return 0;
    this.advance(nowNs);
    this.tokens -= 1;
    return this.tokens < 0 ? this.durationNs(-this.tokens) : 0;
  }

  /** Takes a token if one is there now (flowcontrol.RateLimiter.TryAccept). */
  tryAccept(nowNs: number): boolean {
    if (this.unlimited) return true;
    const tokens = this.available(nowNs) - 1;
    // A lack that rounds to no wait at all is no lack.
    if (tokens < 0 && this.durationNs(-tokens) > 0) return false;
    this.lastNs = nowNs;
    this.tokens = tokens;
    return true;
  }

  private advance(nowNs: number): void {
    this.tokens = this.available(nowNs);
    this.lastNs = nowNs;
  }

  private available(nowNs: number): number {
    const elapsedNs = Math.max(0, nowNs - this.lastNs);
    // Duration.Seconds() adds whole seconds and the rest; the sum rounds differently from one division.
    const seconds = Math.floor(elapsedNs / 1e9);
    const elapsedSeconds = seconds + (elapsedNs - seconds * 1e9) / 1e9;
    return Math.min(this.burst, this.tokens + elapsedSeconds * this.limit);
  }

  /** Go turns seconds into a Duration by cutting off the fraction of a nanosecond. */
  private durationNs(tokens: number): number {
    return Math.trunc((tokens / this.limit) * 1e9);
  }
}

/** A bucket of any size. */
export class TokenBucket extends Bucket {
  protected override readonly limit: number;
  protected override readonly burst: number;

  static {
    const first = new TokenBucket(ANY_NUMBER, 0);
    first.tokens = ANY_NUMBER;
    first.lastNs = ANY_NUMBER;
    keepFirst(first);
  }

  /** `qps` of 0 or less means no limit. */
  constructor(qps: number, burst: number) {
    super(burst);
    this.limit = Math.fround(qps);
    this.burst = burst;
  }
}
