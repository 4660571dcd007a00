import type { Engine, EventKind, QueueAudit } from '../../engine/index.js';
import { Batch, holderCount, sizeOf } from './batch.js';
import { quorumOf } from './election.js';
import type { EtcdProbe } from './etcd-costs.js';
import { EtcdMember, type EtcdRead, MEMBERS_MAX, type MemberOwner, ONE_KEY } from './etcd-member.js';
import type { EtcdClients, EtcdParts } from './etcd-parts.js';
import { memberKinds } from './member-kinds.js';
import { PeerWires } from './peer-wires.js';
import { ProposalTrace } from './proposal-trace.js';
import { type Peers, RaftPeers } from './raft-peers.js';

/**
 * etcd: one leader with its followers. Proposals that arrive while the leader's disk is at work wait and form the next
 * batch; a batch of any size costs one fsync. It is committed when a majority has it on disk (etcdserver/raft.go). A single
 * member forms the next batch when the one before is applied; a leader of several does when it is on its own disk.
 */
export class Etcd implements MemberOwner, Peers {
  readonly members: readonly EtcdMember[];
  readonly quorum: number;
  leader: EtcdMember | undefined;
  /** Kinds of events of its members. */
  readonly ownKinds: readonly [from: EventKind, to: EventKind];
  /** Commits so far, the one under way included. */
  commits: number;
  private readonly engine: Engine;
  private readonly probe: EtcdProbe;
  private readonly clients: EtcdClients;
  private readonly readKind: EventKind;
  private readonly appliedKind: EventKind;
  private readonly proposals: ProposalTrace | undefined;
  private readonly waitingAudit: QueueAudit | undefined;
  private readonly batchAudit: QueueAudit | undefined;
  private readonly peers: RaftPeers | undefined;
  /** Between its members, where there are several. */
  readonly wires: PeerWires | undefined;
  /** The batch that is being formed. */
  waiting: Batch;
  /** Batches that are not committed, in order. */
  readonly inFlight: Batch[];
  private readonly free: Batch[];
  private numbers: number;
  /** What LISTs that have not begun want, by row. */
  private readonly lists: Map<number, EtcdRead>;
  private applying: boolean;

  constructor(parts: EtcdParts) {
    const { engine, clients } = parts;
    this.engine = engine;
    this.probe = parts.probe;
    this.clients = clients;
    const from = engine.kindCount;
    const member = (index: number): EtcdMember => this.members[index]!;
    this.readKind = engine.register('etcd: read served', (row, server) => this.served(row, server), 'processor');
    const kinds = memberKinds(engine, member, (index) => this.applied(index));
    this.appliedKind = kinds.applied;
    const { name, costs, streams } = parts;
    this.members = parts.hosts.map(
      (host, index) => new EtcdMember(name, index, engine, host, costs, streams[index]!, kinds, this),
    );
    this.quorum = quorumOf(this.members.length);
    this.leader = this.members[0];
    this.ownKinds = [from, engine.kindCount];
    const stream = this.members.length === 1 ? undefined : parts.peerStream();
    this.wires = stream && new PeerWires(parts.wire, stream);
    this.peers = stream && new RaftPeers(engine, this, clients, { wires: this.wires!, times: parts.times, stream });
    this.proposals = engine.trace && new ProposalTrace(engine.trace);
    this.waiting = new Batch();
    this.inFlight = [];
    const { audit } = engine;
    this.waitingAudit = audit?.queue(engine, 'etcd: proposals that wait', () => this.waiting.size);
    this.batchAudit = audit?.queue(engine, 'etcd: proposals under way', () => sizeOf(this.inFlight));
    this.free = [];
    this.numbers = 0;
    this.lists = new Map();
    this.commits = 0;
    this.applying = false;
  }

  /** How many members there are, dead or alive. */
  get replicas(): number {
    return this.members.length;
  }

  /** The member that leads; -1: none at the moment. */
  get leaderIndex(): number {
    return this.leader?.index ?? -1;
  }

  /** Elections won since the start. */
  get leaderChanges(): number {
    return this.peers?.leaderChanges ?? 0;
  }

  private isOver(life: number, member: number): boolean {
    return life !== this.members[member]!.life;
  }

  propose(row: number): void {
    if (this.peers === undefined && !this.members[0]!.live) {
      this.clients.fail(row);
      return;
    }
    this.waitingAudit?.enter(row);
    this.waiting.add(row, this.engine.nowNs, this.proposals?.cause ?? 0);
    if (!this.engine.inChore) this.waiting.work = true;
    this.form();
  }

  /** A linearizable read at a member: of one key, unless it is a LIST. */
  range(row: number, member: EtcdMember, list?: EtcdRead): void {
    if (list !== undefined) this.lists.set(row, list);
    else if (this.lists.size > 0) this.lists.delete(row);
    if (this.peers !== undefined) this.peers.confirm(row, member);
    else if (member.live) this.readAt(row, member);
    else this.clients.fail(row);
  }

  /** A member reads, now that it knows that it may. */
  readAt(row: number, member: EtcdMember): void {
    const list = this.lists.size > 0 ? this.lists.get(row) : undefined;
    if (list !== undefined) this.lists.delete(row);
    member.range(this.readKind, row, list ?? ONE_KEY);
  }

  private served(row: number, server: number): void {
    const member = server % MEMBERS_MAX;
    if (this.isOver((server - member) / MEMBERS_MAX, member)) this.clients.fail(row);
    else this.clients.read(row);
  }

  /** Makes a batch of what waits, if the leader has time for it. */
  form(): void {
    const { leader, waiting } = this;
    if (leader === undefined || waiting.size === 0 || leader.busy) return;
    if (this.peers === undefined && this.inFlight.length > 0) return;
    this.append(leader);
  }

  /** The leader appends what waits, be it nothing. */
  append(leader: EtcdMember): void {
    const batch = this.waiting;
    this.waitingAudit?.clear();
    if (this.batchAudit !== undefined) for (const row of batch.rows) this.batchAudit.enter(row);
    this.waiting = this.free.pop() ?? new Batch();
    batch.number = ++this.numbers;
    batch.beganNs = this.engine.nowNs;
    this.inFlight.push(batch);
    leader.append(batch);
  }

  encoded(member: EtcdMember, batches: readonly Batch[]): void {
    if (member !== this.leader) return;
    for (const batch of batches) {
      batch.encodedNs = this.engine.nowNs;
      this.peers?.send(batch);
    }
  }

  synced(member: EtcdMember, batches: readonly Batch[]): void {
    this.probe.etcdSynced(member.syncingNs, this.engine.nowNs);
    for (const batch of batches) {
      if (member === this.leader) this.acknowledged(batch, member.index);
      else this.peers?.acknowledge(member, batch);
    }
  }

  written(latencyNs: number): void {
    this.probe.databaseWritten(latencyNs);
  }

  idle(member: EtcdMember): void {
    if (member === this.leader) this.form();
  }

  /** A member has a batch on disk, and the leader knows. */
  acknowledged(batch: Batch, member: number): void {
    batch.holders |= 1 << member;
    this.advance();
  }

  /** Commits the first batch if enough members have it, and then the next. */
  advance(): void {
    const [head] = this.inFlight;
    const { leader } = this;
    if (this.applying || leader === undefined || head === undefined || holderCount(head) < this.quorum) return;
    this.applying = true;
    head.syncedNs = this.engine.nowNs;
    const { inChore } = this.engine;
    this.engine.become(!head.work);
    leader.apply(head.size, this.appliedKind, leader.life, leader.index);
    this.engine.become(inChore);
  }

  private applied(member: number): void {
    this.applying = false;
    const { inFlight, clients, engine } = this;
    const batch = inFlight[0]!;
    this.commits++;
    if (this.batchAudit !== undefined) for (const row of batch.rows) this.batchAudit.leave(row);
    for (let i = 0; i < batch.rows.length; i++) {
      this.probe.etcdCommitted(engine.nowNs - batch.sinceNs[i]!, engine.nowNs);
      this.proposals?.committed(batch, i, engine.nowNs);
      clients.apply(batch.rows[i]!);
    }
    inFlight.shift();
    this.peers?.committed(batch.size);
    clients.reached(this.members[member]!, this.commits);
    this.recycle(batch);
    this.form();
    this.advance();
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

  recycle(batch: Batch): void {
    batch.clear();
    this.free.push(batch);
  }

  /** Whoever leads from now on, or nobody. */
  lead(leader: EtcdMember | undefined): void {
    this.leader = leader;
    this.applying = false;
  }

  /** SIGKILL of a member: who is connected to it hears that there was no answer. */
  kill(index: number): void {
    const member = this.members[index]!;
    if (!member.up) return;
    member.up = false;
    member.unlock();
    this.drop(member);
  }

  /** It is started again, with all that was committed. */
  restart(index: number): void {
    const member = this.members[index]!;
    member.up = true;
    this.rejoin(member);
  }

  /** The others cannot reach a member any more, or can again. */
  connect(index: number, reachable: boolean): void {
    const member = this.members[index]!;
    if (member.reachable === reachable) return;
    member.reachable = reachable;
    if (reachable) this.rejoin(member);
    else this.drop(member);
  }

  /** Nobody hears whether what these proposed is committed. */
  doubt(asked: (row: number) => boolean): void {
    for (const { rows } of [...this.inFlight, this.waiting])
      for (const row of rows.filter(asked)) this.clients.doubt(row);
  }

  /** A member's disk takes so many times longer. */
  slowDisk(index: number, factor: number): void {
    this.members[index]!.diskSlowness = factor;
  }

  private drop(member: EtcdMember): void {
    if (this.peers === undefined) this.dropSingle(member);
    else this.peers.drop(member);
    this.clients.lost(member, this.members);
  }

  private dropSingle(member: EtcdMember): void {
    member.reset();
    this.applying = false;
    const lost = [...this.inFlight, this.waiting].flatMap(({ rows }) => [...rows]);
    this.waitingAudit?.clear();
    this.batchAudit?.clear();
    for (const batch of this.inFlight.splice(0)) this.recycle(batch);
    this.waiting.clear();
    for (const row of lost) this.clients.fail(row);
  }

  private rejoin(member: EtcdMember): void {
    if (!member.live) return;
    this.clients.found(member);
    this.peers?.rejoin(member);
  }
}
