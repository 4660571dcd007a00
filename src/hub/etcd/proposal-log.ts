import type { Engine, QueueAudit } from '../../engine/index.js';
import { Batch, holderCount, sizeOf } from './batch.js';
import { ProposalTrace } from './proposal-trace.js';

/** The end of the log of one etcd: what waits to be written, and what is written and not yet applied. */
export class ProposalLog {
  /** The batch that is being formed. */
  waiting: Batch;
  /** Batches that are not applied, in order. */
  readonly inFlight: Batch[];
  private readonly engine: Engine;
  private readonly trace: ProposalTrace | undefined;
  private readonly waitingAudit: QueueAudit | undefined;
  private readonly batchAudit: QueueAudit | undefined;
  private readonly free: Batch[];
  private numbers: number;
  /** The newest batch of which the leader knows that it is committed. */
  private committedNumber: number;

  constructor(engine: Engine) {
    this.engine = engine;
    this.trace = engine.trace && new ProposalTrace(engine.trace);
    this.waiting = new Batch();
    this.inFlight = [];
    const { audit } = engine;
    this.waitingAudit = audit?.queue(engine, 'etcd: proposals that wait', () => this.waiting.size);
    this.batchAudit = audit?.queue(engine, 'etcd: proposals under way', () => sizeOf(this.inFlight));
    this.free = [];
    this.numbers = 0;
    this.committedNumber = 0;
  }

  /** A proposal waits from now on. */
  add(row: number): void {
    this.waitingAudit?.enter(row);
    this.waiting.add(row, this.engine.nowNs, this.trace?.cause ?? 0);
    if (!this.engine.inChore) this.waiting.work = true;
  }

  /** All that waits, be it nothing, is one batch now, and the last of the log. */
  close(): Batch {
    const batch = this.waiting;
    this.waitingAudit?.clear();
    if (this.batchAudit !== undefined) for (const row of batch.rows) this.batchAudit.enter(row);
    this.waiting = this.free.pop() ?? new Batch();
    batch.number = ++this.numbers;
    batch.beganNs = this.engine.nowNs;
    this.inFlight.push(batch);
    return batch;
  }

  /** The leader learns what is committed: what so many members have on disk. */
  commit(quorum: number): void {
    for (const batch of this.inFlight) {
      if (holderCount(batch) < quorum) return;
      if (batch.number <= this.committedNumber) continue;
      this.committedNumber = batch.number;
      batch.syncedNs = this.engine.nowNs;
    }
  }

  /** A new leader knows of nothing that it is committed. */
  uncommit(): void {
    this.committedNumber = 0;
  }

  /** The first batch, if it is committed. */
  get next(): Batch | undefined {
    const [head] = this.inFlight;
    return head !== undefined && head.number <= this.committedNumber ? head : undefined;
  }

  /** The first batch has been applied, and leaves. Its rows are in the batch until it is recycled. */
  shift(): Batch {
    const batch = this.inFlight[0]!;
    if (this.batchAudit !== undefined) for (const row of batch.rows) this.batchAudit.leave(row);
    this.inFlight.shift();
    return batch;
  }

  /** For a trace: proposal `i` of a batch that has been applied is what goes on. */
  resume(batch: Batch, i: number): void {
    this.trace?.committed(batch, i, this.engine.nowNs);
  }

  /** Takes proposals out of what waits. */
  takeWaiting(chosen: (row: number, sinceNs: number) => boolean): number[] {
    this.waitingAudit?.look();
    const rows = this.waiting.take(chosen);
    if (this.waitingAudit !== undefined) for (const row of rows) this.waitingAudit.leave(row);
    return rows;
  }

  /** Takes the last batches out of the log. */
  forget(count: number): Batch[] {
    const batches = this.inFlight.slice(this.inFlight.length - count);
    for (const { rows } of this.batchAudit === undefined ? [] : batches)
      for (const row of rows) this.batchAudit?.leave(row);
    this.inFlight.length -= count;
    return batches;
  }

  /** Takes out all there is; returns the rows in order. */
  clear(): number[] {
    const rows = [...this.inFlight, this.waiting].flatMap((batch) => [...batch.rows]);
    this.waitingAudit?.clear();
    this.batchAudit?.clear();
    for (const batch of this.inFlight.splice(0)) this.recycle(batch);
    this.waiting.clear();
    return rows;
  }

  /** Nobody needs a batch any more. */
  recycle(batch: Batch): void {
    batch.clear();
    this.free.push(batch);
  }
}
