import { Batch } from './batch.js';
import type { EtcdClients } from './etcd-parts.js';

/** An etcd that commits nothing. */
interface Stalled {
  readonly inFlight: readonly Batch[];
  takeWaiting(chosen: (row: number, sinceNs: number) => boolean): number[];
}

/** What nobody can answer for now: it is answered when somebody can, or fails when it has waited too long. */
export class Unanswered {
  /** Reads that wait for a leader. */
  private readonly reads: Batch;
  /** Proposals that went down with a leader: nobody knows of them any more. */
  private readonly orphans: Batch;
  private readonly clients: EtcdClients;
  private readonly timeoutNs: number;

  constructor(clients: EtcdClients, timeoutNs: number) {
    this.reads = new Batch();
    this.orphans = new Batch();
    this.clients = clients;
    this.timeoutNs = timeoutNs;
  }

  get size(): number {
    return this.reads.size + this.orphans.size;
  }

  addRead(row: number, nowNs: number): void {
    this.reads.add(row, nowNs, 0);
  }

  /** What was with a leader that is gone will get no answer. */
  orphan(row: number, sinceNs: number): void {
    this.orphans.add(row, sinceNs, 0);
  }

  /** All reads, to be tried again. */
  takeReads(): number[] {
    return this.reads.take(() => true);
  }

  /** Those of some clients. */
  take(chosen: (row: number) => boolean): number[] {
    return [...this.reads.take(chosen), ...this.orphans.take(chosen)];
  }

  /**
   * Who has waited too long hears that there was no answer (ErrTimeout, ErrTimeoutDueToLeaderFail): reads, orphans, and of an
   * etcd that is stalled what was never taken on, and, in doubt, what waits for a majority.
   */
  expire(nowNs: number, stalled: Stalled | undefined): void {
    const late = (_: number, sinceNs: number): boolean => sinceNs + this.timeoutNs <= nowNs;
    const failed = [...this.reads.take(late), ...this.orphans.take(late), ...(stalled?.takeWaiting(late) ?? [])];
    const doubted = (stalled?.inFlight ?? []).flatMap(({ rows, sinceNs }) =>
      rows.filter((row, i) => late(row, sinceNs[i]!)),
    );
    for (const row of failed) this.clients.fail(row);
    for (const row of doubted) this.clients.doubt(row);
  }
}
