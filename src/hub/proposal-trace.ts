import type { Trace } from '../engine/index.js';

/** For a trace: the way of each proposal through etcd. A batch's events are shared, the causes of its proposals are not. */
export class ProposalTrace {
  private readonly trace: Trace;
  private readonly queueLabel: number;
  private readonly encodeLabel: number;
  private readonly syncLabel: number;
  private readonly applyLabel: number;
  /** What caused the proposals that wait, and those of the batch under way. */
  private waiting: number[];
  private batch: number[];
  private beganNs: number;
  private encodedNs: number;
  private syncedNs: number;

  constructor(trace: Trace) {
    this.trace = trace;
    this.queueLabel = trace.nameWait('etcd: waits for the batch before', 'queue');
    this.encodeLabel = trace.nameWait('etcd: batch encoded', 'processor');
    this.syncLabel = trace.nameWait('etcd: fsync', 'disk');
    this.applyLabel = trace.nameWait('etcd: batch applied', 'processor');
    this.waiting = [];
    this.batch = [];
    this.beganNs = 0;
    this.encodedNs = 0;
    this.syncedNs = 0;
  }

  made(): void {
    this.waiting.push(this.trace.current);
  }

  /** None of those that were made will be committed. */
  lost(): void {
    this.waiting = [];
    this.batch = [];
  }

  batched(nowNs: number): void {
    this.batch = this.waiting;
    this.waiting = [];
    this.beganNs = nowNs;
  }

  encoded(nowNs: number): void {
    this.encodedNs = nowNs;
  }

  synced(nowNs: number): void {
    this.syncedNs = nowNs;
  }

  /** What runs from here on is because of a proposal of the batch. */
  committed(index: number, nowNs: number): void {
    const { trace } = this;
    const began = trace.waited(this.batch[index]!, this.beganNs, this.queueLabel);
    const encoded = trace.waited(began, this.encodedNs, this.encodeLabel);
    trace.resume(trace.waited(encoded, this.syncedNs, this.syncLabel), nowNs, this.applyLabel);
  }
}
