import type { WatchEvent } from '../api/watch.js';
import type { Trace } from '../engine/index.js';

/** Changes that left the server together. */
interface Batch {
  left: number;
  readonly sentNs: number;
  arrivedNs: number;
}

/** For a trace: the way of each change from its commit into a cache. Changes travel together, their causes differ. */
export class WatchTrace {
  private readonly trace: Trace;
  private readonly fanOutLabel: number;
  private readonly wireLabel: number;
  private readonly decodeLabel: number;
  /** In order; the first `arrivedCount` have arrived. */
  private readonly batches: Batch[];
  private arrivedCount: number;

  constructor(trace: Trace, informer: string) {
    this.trace = trace;
    this.fanOutLabel = trace.nameWait('api server: watch fan-out', 'processor');
    this.wireLabel = trace.nameWait(`${informer}: change on the wire`, 'wire');
    this.decodeLabel = trace.nameWait(`${informer}: change decoded`, 'processor');
    this.batches = [];
    this.arrivedCount = 0;
  }

  sent(count: number, nowNs: number): void {
    if (count > 0) this.batches.push({ left: count, sentNs: nowNs, arrivedNs: nowNs });
  }

  /** The next batch has come off the wire. */
  arrived(nowNs: number): void {
    this.batches[this.arrivedCount++]!.arrivedNs = nowNs;
  }

  /** So many of the next batches will never come. */
  lost(batches: number): void {
    this.batches.splice(this.arrivedCount, batches);
  }

  /** What runs from here on is because of the next change. */
  applied(event: WatchEvent, nowNs: number): void {
    const { trace } = this;
    const batch = this.batches[0]!;
    const sent = trace.waited(event.cause, batch.sentNs, this.fanOutLabel);
    trace.resume(trace.waited(sent, batch.arrivedNs, this.wireLabel), nowNs, this.decodeLabel);
    if (--batch.left > 0) return;
    this.batches.shift();
    this.arrivedCount--;
  }
}
