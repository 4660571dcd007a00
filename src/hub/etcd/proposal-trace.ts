import type { Trace } from '../../engine/index.js';
import type { Batch } from './batch.js';

/** For a trace: the way of each proposal through etcd. A batch's events are shared, the causes of its proposals are not. */
export class ProposalTrace {
  private readonly trace: Trace;
  private readonly queueLabel: number;
  private readonly encodeLabel: number;
  private readonly syncLabel: number;
  private readonly applyLabel: number;

  constructor(trace: Trace) {
    this.trace = trace;
    this.queueLabel = trace.nameWait('etcd: waits for the batch before', 'queue');
    this.encodeLabel = trace.nameWait('etcd: batch encoded', 'processor');
    this.syncLabel = trace.nameWait('etcd: fsync', 'disk');
    this.applyLabel = trace.nameWait('etcd: batch applied', 'processor');
  }

  /** What causes a proposal that is made now. */
  get cause(): number {
    return this.trace.current;
  }

  /** What runs from here on is because of a proposal of the batch. */
  committed(batch: Batch, index: number, nowNs: number): void {
    const { trace } = this;
    const began = trace.waited(batch.causes[index]!, batch.beganNs, this.queueLabel);
    const encoded = trace.waited(began, batch.encodedNs, this.encodeLabel);
    trace.resume(trace.waited(encoded, batch.syncedNs, this.syncLabel), nowNs, this.applyLabel);
  }
}
