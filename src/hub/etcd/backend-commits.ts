import type { Engine, EventHandle, EventKind } from '../../engine/index.js';
import { ZERO } from '../../engine/zero.js';
import type { Stream } from '../../random/stream.js';
import type { EtcdCosts } from './etcd-costs.js';
import type { MemberDisk } from './member-disk.js';

/** What has been applied is written to the database so often, or when there is so much of it (storage/backend/backend.go). */
const BATCH_INTERVAL_NS = 100e6;
const BATCH_LIMIT = 10_000;

/** Kinds of its events: target is the life of the member, a its index. */
export interface BackendCommitKinds {
  readonly due: EventKind;
  readonly spilled: EventKind;
  readonly committed: EventKind;
}

/** The member whose database it is. */
export interface DatabaseOwner {
  readonly index: number;
  readonly life: number;
  readonly disk: MemberDisk;
  /** Whether somebody else has locked the database. */
  readonly defragmenting: boolean;
  /** Works on its processor for so long. */
  spill(costNs: number, kind: EventKind): void;
  /** The database has been written, which took so long: it is free again. */
  written(latencyNs: number): void;
}

/**
 * The commits of one member's database. Raft's log is what makes a write durable; what is applied stays in memory until the next
 * commit of the database, which costs processor time for each change and two fsyncs, of the pages and of the page that
 * names them (bbolt tx.go write, writeMeta). Meanwhile nothing is applied and no read begins: both need the transaction that
 * is being written (storage/backend/batch_tx.go batchTxBuffered.commit).
 */
export class BackendCommits {
  /** Whether the database is being written. */
  busy: boolean;
  private readonly engine: Engine;
  private readonly costs: EtcdCosts;
  private readonly stream: Stream;
  private readonly kinds: BackendCommitKinds;
  private readonly owner: DatabaseOwner;
  /** Changes that are not in the database. */
  private pending: number;
  /** When the timer fires next, whether there is something to write or not. */
  private nextNs: number;
  private sinceNs: number;
  private handle: EventHandle | undefined;

  constructor(engine: Engine, costs: EtcdCosts, stream: Stream, kinds: BackendCommitKinds, owner: DatabaseOwner) {
    this.busy = false;
    this.engine = engine;
    this.costs = costs;
    this.stream = stream;
    this.kinds = kinds;
    this.owner = owner;
    this.pending = 0;
    this.nextNs = BATCH_INTERVAL_NS;
    this.sinceNs = ZERO;
    this.handle = undefined;
  }

  /** So many changes are being applied. */
  add(changes: number): void {
    this.pending += changes;
    if (this.pending >= BATCH_LIMIT) this.begin();
    else this.arm();
  }

  private arm(): void {
    if (this.handle !== undefined || this.busy) return;
    const { nowNs } = this.engine;
    if (this.nextNs <= nowNs) {
      const periods = Math.floor((nowNs - this.nextNs) / BATCH_INTERVAL_NS) + 1;
      this.nextNs += periods * BATCH_INTERVAL_NS;
    }
    this.handle = this.schedule(this.nextNs - nowNs, this.kinds.due);
  }

  private schedule(delayNs: number, kind: EventKind): EventHandle {
    const { life, index } = this.owner;
    return this.engine.scheduleAs(true, delayNs, kind, life, index);
  }

  due(): void {
    this.handle = undefined;
    if (this.owner.defragmenting) this.arm();
    else this.begin();
  }

  private begin(): void {
    if (this.busy || this.owner.defragmenting) return;
    this.disarm();
    this.busy = true;
    this.sinceNs = this.engine.nowNs;
    const costNs = Math.round(this.costs.commitPutNs * this.pending);
    this.pending = 0;
    this.owner.spill(costNs, this.kinds.spilled);
  }

  spilled(): void {
    this.schedule(this.owner.disk.syncNs(2, this.engine.nowNs, this.stream), this.kinds.committed);
  }

  committed(): void {
    const { nowNs } = this.engine;
    this.busy = false;
    this.nextNs = nowNs + BATCH_INTERVAL_NS;
    if (this.pending > 0) this.arm();
    this.owner.written(nowNs - this.sinceNs);
  }

  private disarm(): void {
    if (this.handle !== undefined) this.engine.cancel(this.handle);
    this.handle = undefined;
  }

  /** The member is gone: it writes nothing any more, and begins anew with what its log has. */
  reset(): void {
    this.disarm();
    this.busy = false;
    this.pending = 0;
  }
}
