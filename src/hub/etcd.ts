import type { Engine, EventKind, QueueAudit } from '../engine/index.js';
import type { Processor, WakeCosts } from '../engine/processor.js';
import { SlicedTasks } from '../engine/sliced-tasks.js';
import type { Distribution } from '../random/distribution.js';
import type { Stream } from '../random/stream.js';
import { ProposalTrace } from './proposal-trace.js';

/** What etcd costs: processor time on its host and one fsync per batch (kubernetes-facts B). */
export interface EtcdCosts {
  /** Processor time of one raft ready, half of it before its fsync and half after, ns. */
  readonly batchNs: number;
  /** Processor time of one proposal, from RPC to apply, half of it before the fsync and half after, ns. */
  readonly putNs: number;
  /** Processor time of one read, ns, beside what it reads. */
  readonly rangeNs: number;
  /** More for each object of a LIST, and for each 1,000 bytes of it, ns. */
  readonly rangeItemNs: number;
  readonly rangeKilobyteNs: number;
  /** Duration of a WAL fsync, ns. */
  readonly fsync: Distribution;
}

/** What the probes want to know of etcd. */
export interface EtcdProbe {
  /** A proposal was committed `latencyNs` after it was made. */
  etcdCommitted(latencyNs: number, nowNs: number): void;
  /** A batch of proposals has been written to the disk, which took so long. */
  etcdSynced(fsyncNs: number, nowNs: number): void;
}

/**
 * etcd's raft-ready loop with one member: proposals that arrive while a batch is on its way to the disk wait and form
 * the next one, and a batch of any size costs one fsync (etcdserver/raft.go: one Ready at a time).
 */
export class Etcd {
  private readonly engine: Engine;
  private readonly host: Processor;
  private readonly component: number;
  private readonly sliced: SlicedTasks;
  private readonly costs: EtcdCosts;
  private readonly stream: Stream;
  private readonly probe: EtcdProbe;
  private readonly apply: (slot: number) => void;
  private readonly readKind: EventKind;
  private readonly encodedKind: EventKind;
  private readonly syncedKind: EventKind;
  private readonly appliedKind: EventKind;
  private waiting: number[];
  private waitingSince: number[];
  private syncing: number[];
  private syncingSince: number[];
  private readonly proposals: ProposalTrace | undefined;
  private readonly waitingAudit: QueueAudit | undefined;
  private readonly batchAudit: QueueAudit | undefined;
  private busy: boolean;
  private down: boolean;
  /** Counts its lives: what is on the processor or the disk from an earlier one comes to nothing. */
  private life: number;
  private readonly fail: (slot: number) => void;
  private syncSinceNs: number;

  constructor(
    engine: Engine,
    host: Processor,
    costs: EtcdCosts & WakeCosts,
    stream: Stream,
    probe: EtcdProbe,
    /** Called at commit with the number the proposal was made under, in order. */
    apply: (slot: number) => void,
    /** Called when a read has been served. */
    read: (slot: number) => void,
    /** Called when etcd does not answer. */
    fail: (slot: number) => void,
  ) {
    this.engine = engine;
    this.host = host;
    this.component = host.addComponent('etcd', costs);
    this.sliced = new SlicedTasks(engine, host, 'etcd: list');
    this.costs = costs;
    this.stream = stream;
    this.probe = probe;
    this.apply = apply;
    this.readKind = engine.register(
      'etcd: read served',
      (slot, life) => (life === this.life ? read(slot) : fail(slot)),
      'processor',
    );
    this.encodedKind = engine.register('etcd: batch encoded', (life) => this.isOver(life) || this.sync(), 'processor');
    this.syncedKind = engine.register('etcd: batch on disk', (life) => this.isOver(life) || this.applyBatch(), 'disk');
    this.appliedKind = engine.register(
      'etcd: batch applied',
      (life) => this.isOver(life) || this.commit(),
      'processor',
    );
    this.waiting = [];
    this.waitingSince = [];
    this.syncing = [];
    this.syncingSince = [];
    this.proposals = engine.trace && new ProposalTrace(engine.trace);
    const { audit } = engine;
    this.waitingAudit = audit?.queue(engine, 'etcd: proposals that wait', () => this.waiting.length);
    this.batchAudit = audit?.queue(engine, 'etcd: proposals under way', () => this.syncing.length);
    this.busy = false;
    this.down = false;
    this.life = 0;
    this.fail = fail;
    this.syncSinceNs = 0;
  }

  /** SIGKILL: what is not committed is lost, and whoever asked hears that there was no answer. */
  kill(): void {
    if (this.down) return;
    this.down = true;
    this.life++;
    const lost = [...this.syncing, ...this.waiting];
    this.waitingAudit?.clear();
    this.batchAudit?.clear();
    for (const list of [this.syncing, this.syncingSince, this.waiting, this.waitingSince]) list.length = 0;
    this.proposals?.lost();
    this.busy = false;
    for (const slot of lost) this.fail(slot);
  }

  /** It is started again, with all that was committed. */
  restart(): void {
    this.down = false;
  }

  private isOver(life: number): boolean {
    return life !== this.life;
  }

  propose(slot: number): void {
    if (this.down) {
      this.fail(slot);
      return;
    }
    this.waitingAudit?.enter(slot);
    this.waiting.push(slot);
    this.waitingSince.push(this.engine.nowNs);
    this.proposals?.made();
    if (!this.busy) this.begin();
  }

  /** A linearizable read of one key. */
  range(slot: number): void {
    if (this.down) this.fail(slot);
    else this.host.run(this.component, this.costs.rangeNs, this.readKind, slot, this.life);
  }

  /** A LIST that takes several ranges, of so many objects and bytes in all. */
  list(slot: number, ranges: number, objects: number, bytes: number): void {
    if (this.down) {
      this.fail(slot);
      return;
    }
    const { rangeNs, rangeItemNs, rangeKilobyteNs } = this.costs;
    const costNs = ranges * rangeNs + objects * rangeItemNs + Math.round((rangeKilobyteNs * bytes) / 1000);
    this.sliced.run(this.component, costNs, this.readKind, slot, this.life);
  }

  private begin(): void {
    this.busy = true;
    const batch = this.waiting;
    this.waitingAudit?.clear();
    if (this.batchAudit !== undefined) for (const slot of batch) this.batchAudit.enter(slot);
    this.waiting = this.syncing;
    this.syncing = batch;
    const since = this.waitingSince;
    this.waitingSince = this.syncingSince;
    this.syncingSince = since;
    this.proposals?.batched(this.engine.nowNs);
    this.host.run(this.component, this.halfNs(batch.length), this.encodedKind, this.life);
  }

  /** The processor's part of a batch on one side of its fsync. */
  private halfNs(proposals: number): number {
    return Math.round((this.costs.batchNs + this.costs.putNs * proposals) / 2);
  }

  private sync(): void {
    this.syncSinceNs = this.engine.nowNs;
    this.proposals?.encoded(this.engine.nowNs);
    this.engine.schedule(this.costs.fsync.sample(this.stream), this.syncedKind, this.life);
  }

  private applyBatch(): void {
    const { nowNs } = this.engine;
    this.probe.etcdSynced(nowNs - this.syncSinceNs, nowNs);
    this.proposals?.synced(nowNs);
    this.host.run(this.component, this.halfNs(this.syncing.length), this.appliedKind, this.life);
  }

  private commit(): void {
    const batch = this.syncing;
    this.batchAudit?.clear();
    for (let i = 0; i < batch.length; i++) {
      this.probe.etcdCommitted(this.engine.nowNs - this.syncingSince[i]!, this.engine.nowNs);
      this.proposals?.committed(i, this.engine.nowNs);
      this.apply(batch[i]!);
    }
    batch.length = 0;
    this.syncingSince.length = 0;
    this.busy = false;
    if (this.waiting.length > 0) this.begin();
  }
}
