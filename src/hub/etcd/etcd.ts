import type { Engine, EventKind } from '../../engine/index.js';
import type { Batch } from './batch.js';
import { quorumOf } from './election.js';
import type { EtcdProbe } from './etcd-costs.js';
import { EtcdMember, type EtcdRead, MEMBERS_MAX, type MemberOwner, ONE_KEY } from './etcd-member.js';
import type { EtcdClients, EtcdParts } from './etcd-parts.js';
import { memberKinds } from './member-kinds.js';
import { PeerWires } from './peer-wires.js';
import { ProposalLog } from './proposal-log.js';
import { type Peers, RaftPeers } from './raft-peers.js';

/**
 * etcd: one leader with its followers. Proposals that arrive while the leader's loop is at work wait and form the next
 * batch; a batch of any size costs one fsync. It is committed when a majority has it on disk, and applied once the leader's own
 * disk is free again, beside the writing of the next batch (etcdserver/raft.go).
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
  private readonly takenKind: EventKind;
  private readonly readKind: EventKind;
  private readonly confirmedKind: EventKind;
  private readonly appliedKind: EventKind;
  private readonly peers: RaftPeers | undefined;
  /** Between its members, where there are several. */
  readonly wires: PeerWires | undefined;
  readonly log: ProposalLog;
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
    this.takenKind = engine.register('etcd: proposal taken in', (row, server) => this.taken(row, server), 'processor');
    this.readKind = engine.register('etcd: read served', (row, server) => this.served(row, server), 'processor');
    this.confirmedKind = engine.register('etcd: read allowed', (row, life) => this.confirmed(row, life), 'disk');
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
    this.log = new ProposalLog(engine);
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
    return this.peers?.elections.won ?? 0;
  }

  private isOver(life: number, member: number): boolean {
    return life !== this.members[member]!.life;
  }

  /** A write reaches a member, which decodes it beside its loop before it proposes it. */
  propose(row: number, member: EtcdMember): void {
    if (member.live) member.take(this.takenKind, row);
    else this.clients.fail(row);
  }

  private taken(row: number, server: number): void {
    const member = server % MEMBERS_MAX;
    if (
      !this.members[member]!.live ||
      (this.peers === undefined && this.isOver((server - member) / MEMBERS_MAX, member))
    ) {
      this.clients.fail(row);
      return;
    }
    this.log.add(row);
    this.form();
  }

  /** A linearizable read at a member: of one key, unless it is a LIST. */
  range(row: number, member: EtcdMember, list?: EtcdRead): void {
    if (list !== undefined) this.lists.set(row, list);
    else if (this.lists.size > 0) this.lists.delete(row);
    if (this.peers !== undefined) this.peers.confirm(row, member);
    else if (member.waitsNs > 0) this.engine.schedule(member.waitsNs, this.confirmedKind, row, member.life);
    else this.confirmed(row, member.life);
  }

  /** A member that is alone knows with its next Ready that it may read. */
  private confirmed(row: number, life: number): void {
    const member = this.members[0]!;
    if (member.live && member.life === life) this.readAt(row, member);
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

  /** Has what waits written, if the leader has time for it. */
  form(): void {
    const { leader, log } = this;
    if (leader !== undefined && log.waiting.size > 0 && !leader.busy) this.append(leader);
  }

  /** The leader appends what waits as one batch, be it nothing. */
  append(leader: EtcdMember): void {
    leader.append(this.log.close());
  }

  encoded(member: EtcdMember, batches: readonly Batch[]): void {
    if (member !== this.leader) return;
    for (const batch of batches) {
      batch.encodedNs = this.engine.nowNs;
      this.peers?.send(batch);
    }
    this.peers?.elections.writing(member);
  }

  flushed({ syncingNs }: EtcdMember): void {
    this.probe.etcdSynced(syncingNs, this.engine.nowNs);
  }

  synced(member: EtcdMember, batches: readonly Batch[]): void {
    for (const batch of batches) {
      if (member === this.leader) this.acknowledged(batch, member.index);
      else this.peers?.acknowledge(member, batch);
    }
  }

  written(latencyNs: number): void {
    this.probe.databaseWritten(latencyNs);
  }

  idle(member: EtcdMember): void {
    if (member !== this.leader) return;
    this.advance();
    this.form();
  }

  /** A member has a batch on disk, and the leader knows. */
  acknowledged(batch: Batch, member: number): void {
    batch.holders |= 1 << member;
    this.advance();
  }

  /** Applies the first batch if enough members have it and the leader's loop knows, and then the next. */
  advance(): void {
    const { leader, log } = this;
    if (leader === undefined) return;
    if (!leader.busy) log.commit(this.quorum);
    const head = log.next;
    if (this.applying || head === undefined) return;
    this.applying = true;
    const { inChore } = this.engine;
    this.engine.become(!head.work);
    leader.apply(head.size, this.appliedKind, leader.life, leader.index);
    this.engine.become(inChore);
  }

  private applied(member: number): void {
    this.applying = false;
    const { log, clients, engine } = this;
    const batch = log.shift();
    this.commits++;
    for (let i = 0; i < batch.rows.length; i++) {
      this.probe.etcdCommitted(engine.nowNs - batch.sinceNs[i]!, engine.nowNs);
      log.resume(batch, i);
      clients.apply(batch.rows[i]!);
    }
    this.peers?.committed(batch.size);
    clients.reached(this.members[member]!, this.commits);
    log.recycle(batch);
    this.advance();
  }

  /** Whoever leads from now on, or nobody. */
  lead(leader: EtcdMember | undefined): void {
    this.leader = leader;
    this.applying = false;
    this.log.uncommit();
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
    for (const { rows } of [...this.log.inFlight, this.log.waiting])
      for (const row of rows.filter(asked)) this.clients.doubt(row);
  }

  /** A member's disk takes so many times longer. */
  slowDisk(index: number, factor: number): void {
    this.members[index]!.disk.slowness = factor;
  }

  private drop(member: EtcdMember): void {
    if (this.peers === undefined) this.dropSingle(member);
    else this.peers.drop(member);
    this.clients.lost(member, this.members);
  }

  private dropSingle(member: EtcdMember): void {
    member.reset();
    this.applying = false;
    for (const row of this.log.clear()) this.clients.fail(row);
  }

  private rejoin(member: EtcdMember): void {
    if (!member.live) return;
    this.clients.found(member);
    this.peers?.rejoin(member);
  }
}
