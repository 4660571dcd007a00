const RETRY_AFTER_MAX_SECONDS = 32;
const NEVER: number = Number.NEGATIVE_INFINITY;

/** The requests dropped in one second. */
interface DroppedInSecond {
  readonly second: number;
  readonly requests: number;
}

/**
 * How long one priority level tells those it refuses to stay away: doubled when three times as many as those seconds were
 * dropped in them, shortened by a second when fewer than one a second were (util/flowcontrol/dropped_requests_tracker.go).
 */
export class DroppedRequests {
  retryAfterSeconds: number;
  private history: DroppedInSecond[];
  private second: number;
  private requests: number;
  private raisedSecond: number;

  constructor() {
    this.retryAfterSeconds = 1;
    this.history = [];
    this.second = NEVER;
    this.requests = 0;
    this.raisedSecond = NEVER;
  }

  /** A request has been dropped. */
  record(nowNs: number): void {
    const second = Math.floor(nowNs / 1e9);
    if (second === this.second) {
      this.requests++;
      return;
    }
    this.remember();
    this.second = second;
    this.requests = 1;
    this.adjust(second);
  }

  private remember(): void {
    const { second, requests } = this;
    this.history.push({ second, requests });
    const keptSeconds = Math.min(2 * this.retryAfterSeconds, RETRY_AFTER_MAX_SECONDS);
    this.history = this.history.filter((entry) => second - entry.second <= keptSeconds);
  }

  private adjust(second: number): void {
    const retryAfter = this.retryAfterSeconds;
    const recent = this.history.filter((entry) => second - entry.second <= retryAfter);
    const dropped = recent.reduce((sum, { requests }) => sum + requests, 0);
    if (second - this.raisedSecond >= retryAfter && dropped >= 3 * retryAfter) {
      this.retryAfterSeconds = Math.min(retryAfter * 2, RETRY_AFTER_MAX_SECONDS);
      this.raisedSecond = second;
    } else if (dropped < retryAfter && retryAfter > 1) {
      this.retryAfterSeconds = retryAfter - 1;
    }
  }
}
