import { emptyOut } from '../../api/empty-out.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Processor, WakeCosts } from '../../engine/processor.js';
import { SlicedTasks } from '../../engine/sliced-tasks.js';
import { ZERO } from '../../engine/zero.js';
import type { Stream } from '../../random/stream.js';
import { BackendCommits, type DatabaseOwner } from './backend-commits.js';
import { type Batch, holdsWork } from './batch.js';
import type { EtcdCosts } from './etcd-costs.js';
import { MemberDisk } from './member-disk.js';
import type { MemberKinds } from './member-kinds.js';

/** What the times of a member's disk are drawn from. */
export interface MemberStreams {
  readonly log: Stream;
  readonly database: () => Stream;
}

/** Who is told how far a member's writing has come. */
export interface MemberOwner {
  /** Batches are ready for the disk: a leader sends them to the others now (etcdserver/raft.go). */
  encoded(member: EtcdMember, batches: readonly Batch[]): void;
  /** A member's disk is done. */
  flushed(member: EtcdMember): void;
  /** Batches are on the member's disk, and its loop knows. */
  synced(member: EtcdMember, batches: readonly Batch[]): void;
  /** Its loop is free: what is committed can be applied, and nothing waits for its disk. */
  idle(member: EtcdMember): void;
  /** A member has written its database, which took so long. */
  written(latencyNs: number): void;
}

/** Members are told apart by a number below this. */
export const MEMBERS_MAX = 8;

/** What a read has to look at. */
export interface EtcdRead {
  readonly ranges: number;
  readonly objects: number;
  readonly bytes: number;
}

/** One key. */
export const ONE_KEY: EtcdRead = Object.freeze({ ranges: 1, objects: 0, bytes: 0 });

/**
 * One etcd process: what it is told to append while its disk is at work waits, and then goes to disk with one fsync
 * (etcdserver/raft.go: one Ready at a time).
 */
export class EtcdMember implements DatabaseOwner {
  readonly index: number;
  readonly host: Processor;
  readonly component: number;
  /** Whether the process runs, and whether the others can reach it. */
  up: boolean;
  reachable: boolean;
  readonly disk: MemberDisk;
  /** The newest batch on its disk. */
  newestNumber: number;
  /** Counts its lives: what is on the processor or the disk from an earlier one comes to nothing. */
  life: number;
  busy: boolean;
  private readonly engine: Engine;
  private readonly costs: EtcdCosts;
  private readonly stream: Stream;
  private readonly kinds: MemberKinds;
  private readonly owner: MemberOwner;
  /** Where long reads are done. */
  private readonly sliced: SlicedTasks;
  private pending: Batch[];
  private writing: Batch[];
  private syncSinceNs: number;
  /** When its disk is done with the log; what an earlier life began is still on its way. */
  private syncedNs: number;
  /** Whether its database is locked for that. */
  defragmenting: boolean;
  /** Undefined where a commit of the database costs nothing. */
  private readonly commits: BackendCommits | undefined;
  /** What waits for the database. */
  private waiting: (() => void)[];

  constructor(
    name: string,
    index: number,
    engine: Engine,
    host: Processor,
    costs: EtcdCosts & WakeCosts,
    streams: MemberStreams,
    kinds: MemberKinds,
    owner: MemberOwner,
  ) {
    this.index = index;
    this.engine = engine;
    this.host = host;
    this.component = host.addComponent(name, costs);
    this.sliced = new SlicedTasks(engine, host, 'etcd: list');
    this.costs = costs;
    this.stream = streams.log;
    this.kinds = kinds;
    this.owner = owner;
    this.up = true;
    this.reachable = true;
    this.disk = new MemberDisk(costs);
    this.newestNumber = 0;
    this.life = 0;
    this.busy = false;
    this.pending = [];
    this.writing = [];
    this.syncSinceNs = ZERO;
    this.syncedNs = ZERO;
    this.defragmenting = false;
    this.waiting = [];
    this.commits =
      costs.commitPutNs > 0 ? new BackendCommits(engine, costs, streams.database(), kinds.database, this) : undefined;
  }

  /** Whether it takes part. */
  get live(): boolean {
    return this.up && this.reachable;
  }

  /** How long its disk has been at work. */
  get syncingNs(): number {
    return this.engine.nowNs - this.syncSinceNs;
  }

  /**
   * How long its loop waits for the disk from now on: until then it ticks not, sends nothing that it has not sent, and neither
   * learns what is committed nor whether it may read (etcdserver/raft.go start: all comes with the next Ready).
   */
  get waitsNs(): number {
    return Math.max(0, this.syncedNs - this.engine.nowNs);
  }

  append(batch: Batch): void {
    this.pending.push(batch);
    if (!this.busy) this.write();
  }

  /** What is under way comes to nothing, and nothing waits any more. */
  reset(): void {
    this.life++;
    emptyOut(this.pending);
    emptyOut(this.writing);
    this.busy = false;
    this.commits?.reset();
    this.goOn();
  }

  /** Takes one proposal in, beside its loop: the event has the life and the member in one number. */
  take(kind: EventKind, row: number): void {
    const costNs = Math.round(this.costs.putNs / 2);
    this.host.run(this.component, costNs, kind, row, this.life * MEMBERS_MAX + this.index);
  }

  /** From now on its processor's part takes `factor` times as long. */
  slow(factor: number): void {
    this.host.slow(this.component, factor);
  }

  /** Applies what is committed, which needs the database, and answers. */
  apply(proposals: number, kind: EventKind, target: number, a: number, b = 0): void {
    if (this.isLocked) {
      this.keep(() => this.apply(proposals, kind, target, a, b));
      return;
    }
    this.host.run(this.component, Math.round((this.costs.putNs * proposals) / 2), kind, target, a, b);
    this.commits?.add(proposals);
  }

  private get isLocked(): boolean {
    return this.defragmenting || this.commits?.busy === true;
  }

  private keep(goOn: () => void): void {
    const { inChore } = this.engine;
    this.waiting.push(() => {
      this.engine.become(inChore);
      goOn();
    });
  }

  private goOn(): void {
    if (this.waiting.length === 0 || this.isLocked) return;
    const { inChore } = this.engine;
    const { waiting } = this;
    this.waiting = [];
    for (const goOn of waiting) goOn();
    this.engine.become(inChore);
  }

  /** Its database is locked (storage/backend/backend.go defrag): its log is written on, but nothing is applied or read. */
  lock(): void {
    this.defragmenting = true;
  }

  /** What waited for the database goes on; false if it was not locked. */
  unlock(): boolean {
    const { defragmenting } = this;
    this.defragmenting = false;
    this.goOn();
    return defragmenting;
  }

  spill(costNs: number, kind: EventKind): void {
    const { inChore } = this.engine;
    this.engine.become(true);
    this.host.run(this.component, costNs, kind, this.life, this.index);
    this.engine.become(inChore);
  }

  written(latencyNs: number): void {
    this.owner.written(latencyNs);
    this.goOn();
  }

  /** Its database has something to write, has it on its way to the disk, or has written it. */
  get database(): BackendCommits {
    return this.commits!;
  }

  /** Serves a read of so many ranges, objects and bytes; the event has the life and the member in one number. */
  range(kind: EventKind, row: number, read: EtcdRead, life: number = this.life): void {
    if (this.isLocked) {
      this.keep(() => this.range(kind, row, read, life));
      return;
    }
    const { ranges, objects, bytes } = read;
    const { rangeNs, rangeItemNs, rangeKilobyteNs } = this.costs;
    const costNs = ranges * rangeNs + objects * rangeItemNs + Math.round((rangeKilobyteNs * bytes) / 1000);
    this.sliced.run(this.component, costNs, kind, row, life * MEMBERS_MAX + this.index);
  }

  /** Its loop works for half of what a batch costs. */
  private turn(kind: EventKind): void {
    this.host.run(this.component, Math.round(this.costs.batchNs / 2), kind, this.life, this.index);
  }

  private write(): void {
    this.busy = true;
    const batches = this.pending;
    this.pending = this.writing;
    this.writing = batches;
    const { inChore } = this.engine;
    this.engine.become(!holdsWork(batches));
    this.turn(this.kinds.encoded);
    this.engine.become(inChore);
  }

  encoded(): void {
    const { nowNs } = this.engine;
    this.syncSinceNs = nowNs;
    const fromNs = Math.max(nowNs, this.syncedNs);
    this.syncedNs = fromNs + this.disk.syncNs(1, fromNs, this.stream);
    this.owner.encoded(this, this.writing);
    this.engine.schedule(this.waitsNs, this.kinds.flushed, this.life, this.index);
  }

  /** The disk is done: the loop goes on as soon as it gets a core. */
  flushed(): void {
    this.owner.flushed(this);
    this.turn(this.kinds.synced);
  }

  synced(): void {
    const batches = this.writing;
    for (const { number } of batches) if (number > this.newestNumber) this.newestNumber = number;
    this.owner.synced(this, batches);
    emptyOut(batches);
    this.busy = false;
    this.owner.idle(this);
    if (!this.busy && this.pending.length > 0) this.write();
  }
}
