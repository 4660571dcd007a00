import { TokenBucket } from '../../../client/token-bucket.js';

interface Entry {
  readonly nodeId: number;
  notBeforeNs: number;
}

/** Nodes that may be tainted at once when the limiter has rested. */
const BURST = 1;

/**
 * The nodes of one zone that are to get the NoExecute taint, each once, at a limited rate
 * (nodelifecycle/scheduler RateLimitedTimedQueue). A node that was handled stays known, and is not queued again until
 * it is removed.
 */
export class TaintQueue {
  private readonly known: Set<number>;
  private readonly waiting: Entry[];
  private rate: number;
  private bucket: TokenBucket;

  constructor(rate: number) {
    this.known = new Set();
    this.waiting = [];
    this.rate = rate;
    this.bucket = new TokenBucket(rate, BURST);
  }

  /** Whether a node waits. */
  get busy(): boolean {
    return this.waiting.length > 0;
  }

  /** Whether waiting leads anywhere: evictions may be stopped. */
  get moving(): boolean {
    return this.rate > 0;
  }

  add(nodeId: number, nowNs: number): boolean {
    if (this.known.has(nodeId)) return false;
    this.known.add(nodeId);
    this.waiting.push({ nodeId, notBeforeNs: nowNs });
    return true;
  }

  remove(nodeId: number): void {
    if (!this.known.delete(nodeId)) return;
    const index = this.waiting.findIndex((entry) => entry.nodeId === nodeId);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  /** The next node that may be tainted now, or -1; it takes a token even where the node must wait, as the original. */
  take(nowNs: number): number {
    const head = this.waiting[0];
    if (head === undefined || !this.moving || !this.bucket.tryAccept(nowNs)) return -1;
    return head.notBeforeNs > nowNs ? -1 : head.nodeId;
  }

  /** The node taken has been handled, or must be tried again. */
  handled(nodeId: number, done: boolean, nowNs: number): void {
    const index = this.waiting.findIndex((entry) => entry.nodeId === nodeId);
    if (index < 0) return;
    const [entry] = this.waiting.splice(index, 1);
    if (!done) this.waiting.push({ nodeId: entry!.nodeId, notBeforeNs: nowNs + 1 });
  }

  /** Changes the rate; 0 stops. A limiter that has just been used up hands its wait on (SwapLimiter). */
  setRate(rate: number, nowNs: number): void {
    if (this.rate === rate) return;
    const empty = !this.moving || !this.bucket.tryAccept(nowNs);
    this.rate = rate;
    this.bucket = new TokenBucket(rate, BURST);
    if (empty && this.moving) this.bucket.tryAccept(nowNs);
  }
}
