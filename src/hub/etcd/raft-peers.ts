import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { Batch } from './batch.js';
import type { ElectionTimes } from './election.js';
import { Elections } from './elections.js';
import type { EtcdMember } from './etcd-member.js';
import type { EtcdClients } from './etcd-parts.js';
import type { PeerWires } from './peer-wires.js';
import type { ProposalLog } from './proposal-log.js';
import { Unanswered } from './unanswered.js';

/** Nothing that was asked is answered later (config.go ReqTimeout: 5 s and twice the election timeout). */
const REQUEST_TIMEOUT_NS = 5e9;
/** How often it is looked whether somebody has waited too long, while nothing can be committed. */
const PATIENCE_PERIOD_NS = 500e6;

/** What the peers know of the etcd that they are. */
export interface Peers {
  readonly members: readonly EtcdMember[];
  readonly quorum: number;
  readonly leader: EtcdMember | undefined;
  readonly commits: number;
  readonly log: ProposalLog;
  lead(leader: EtcdMember | undefined): void;
  append(leader: EtcdMember): void;
  advance(): void;
  form(): void;
  acknowledged(batch: Batch, member: number): void;
  readAt(row: number, member: EtcdMember): void;
}

/** What they are built from. */
export interface PeerParts {
  readonly wires: PeerWires;
  readonly times: ElectionTimes;
  /** What elections draw. */
  readonly stream: Stream;
}

/**
 * What several members of an etcd do between them: the leader sends batches before it writes them itself, followers write
 * and acknowledge them and hear when they are committed, reads are confirmed by a majority, and when the leader is gone
 * another one is elected.
 */
export class RaftPeers {
  readonly elections: Elections;
  private readonly engine: Engine;
  private readonly etcd: Peers;
  private readonly clients: EtcdClients;
  private readonly wires: PeerWires;
  private readonly times: ElectionTimes;
  private readonly appendKind: EventKind;
  private readonly ackKind: EventKind;
  private readonly commitKind: EventKind;
  private readonly followedKind: EventKind;
  private readonly confirmedKind: EventKind;
  private readonly quorumLostKind: EventKind;
  private readonly patienceKind: EventKind;
  private readonly parked: Unanswered;
  private impatient: boolean;

  constructor(engine: Engine, etcd: Peers, clients: EtcdClients, parts: PeerParts) {
    this.engine = engine;
    this.etcd = etcd;
    this.clients = clients;
    this.wires = parts.wires;
    this.times = parts.times;
    this.appendKind = engine.register('etcd: append on the wire', (m, number) => this.appended(m, number), 'wire');
    this.ackKind = engine.register('etcd: acknowledgement on the wire', (m, number) => this.acked(m, number), 'wire');
    this.commitKind = engine.register('etcd: commit on the wire', (m, n, size) => this.follow(m, n, size), 'wire');
    this.followedKind = engine.register(
      'etcd: follower applied',
      (m, n, life) => this.followed(m, n, life),
      'processor',
    );
    this.confirmedKind = engine.register(
      'etcd: read confirmed',
      (row, m, life) => this.confirmed(row, m, life),
      'wire',
    );
    this.elections = new Elections(engine, etcd, parts, (leader, deposed) => this.takeOver(leader, deposed));
    this.quorumLostKind = engine.register('etcd: leader without majority', () => this.stepDown(), 'timer');
    this.patienceKind = engine.register('etcd: no majority', () => this.losePatience(), 'timer');
    this.parked = new Unanswered(clients, REQUEST_TIMEOUT_NS + 2 * parts.times.electionTimeoutNs);
    this.impatient = false;
  }

  /** From the leader to a follower, or back. */
  private toNs({ index }: EtcdMember): number {
    return this.wires.wayNs(this.etcd.leader!.index, index);
  }

  private fromNs({ index }: EtcdMember): number {
    return this.wires.wayNs(index, this.etcd.leader!.index);
  }

  private get liveCount(): number {
    return this.etcd.members.filter(({ live }) => live).length;
  }

  /** The leader sends a batch to all followers that there are. */
  send(batch: Batch): void {
    for (const member of this.etcd.members) if (member.live && member !== this.etcd.leader) this.sendTo(member, batch);
  }

  private sendTo(member: EtcdMember, batch: Batch): void {
    this.engine.schedule(this.toNs(member), this.appendKind, member.index, batch.number);
  }

  private appended(index: number, number: number): void {
    const member = this.etcd.members[index]!;
    const batch = this.batchOf(number);
    if (!member.live || batch === undefined) return;
    // Whoever has it already says so again.
    if (member.newestNumber >= number) this.acknowledge(member, batch);
    else member.append(batch);
  }

  /** A follower has a batch on disk. */
  acknowledge(member: EtcdMember, { number }: Batch): void {
    const { leader } = this.etcd;
    const wayNs = leader === undefined ? this.wires.usualNs() : this.fromNs(member);
    this.engine.schedule(wayNs, this.ackKind, member.index, number);
  }

  private acked(index: number, number: number): void {
    const batch = this.batchOf(number);
    if (batch !== undefined && this.etcd.members[index]!.live) this.etcd.acknowledged(batch, index);
  }

  /** One that is not committed yet. */
  private batchOf(number: number): Batch | undefined {
    return this.etcd.log.inFlight.find((batch) => batch.number === number);
  }

  /** The leader has committed so many proposals: the followers hear of it and apply them too. */
  committed(size: number): void {
    const { members, leader, commits } = this.etcd;
    const { inChore } = this.engine;
    // Who waits for a follower is held by what he waits for.
    this.engine.become(true);
    for (const member of members)
      if (member.live && member !== leader)
        this.engine.schedule(this.toNs(member), this.commitKind, member.index, commits, size);
    this.engine.become(inChore);
  }

  private follow(index: number, commit: number, size: number): void {
    const member = this.etcd.members[index]!;
    if (!member.live) return;
    if (member.waitsNs > 0) this.engine.schedule(member.waitsNs, this.commitKind, index, commit, size);
    else member.apply(size, this.followedKind, index, commit, member.life);
  }

  private followed(index: number, commit: number, life: number): void {
    const member = this.etcd.members[index]!;
    if (member.live && member.life === life) this.clients.reached(member, commit);
  }

  /** A member may read when the leader knows from a majority that it still leads (ReadIndex), and its own loop hears of it. */
  confirm(row: number, member: EtcdMember): void {
    const { leader, members, quorum } = this.etcd;
    if (leader === undefined || this.liveCount < this.etcd.quorum) {
      this.parked.addRead(row, this.engine.nowNs);
      this.becomeImpatient();
      return;
    }
    const wayNs = member === leader ? 0 : member.waitsNs + this.fromNs(member) + this.toNs(member);
    const majorityNs = leader.waitsNs + this.wires.majorityNs(members, leader, quorum);
    this.engine.schedule(wayNs + majorityNs, this.confirmedKind, row, member.index, member.life);
  }

  private confirmed(row: number, index: number, life: number): void {
    const member = this.etcd.members[index]!;
    if (!member.live || member.life !== life) this.clients.fail(row);
    else if (member.waitsNs > 0) this.engine.schedule(member.waitsNs, this.confirmedKind, row, index, life);
    else this.etcd.readAt(row, member);
  }

  /** A member is gone, or out of reach. */
  drop(member: EtcdMember): void {
    const { etcd, clients } = this;
    const asked = (row: number): boolean => clients.asksAt(row, member);
    for (const row of [...etcd.log.takeWaiting(asked), ...this.parked.take(asked)]) clients.fail(row);
    for (const { rows } of etcd.log.inFlight) for (const row of [...rows]) if (asked(row)) clients.doubt(row);
    member.reset();
    if (member === etcd.leader) {
      etcd.lead(undefined);
      this.loseWaiting();
      this.elections.begin();
    } else if (etcd.leader !== undefined && this.liveCount < etcd.quorum)
      this.engine.scheduleAs(true, this.times.electionTimeoutNs, this.quorumLostKind);
    this.becomeImpatient();
  }

  /** What waited at a leader that is one no more is lost with it. */
  private loseWaiting(): void {
    this.etcd.log.takeWaiting((row, sinceNs) => {
      this.parked.orphan(row, sinceNs);
      return true;
    });
  }

  /** A member is there again: it has what is committed, and is sent the rest. */
  rejoin(member: EtcdMember): void {
    const { etcd } = this;
    const [first] = etcd.log.inFlight;
    member.newestNumber = Math.max(0, ...etcd.members.filter((one) => one !== member).map((one) => one.newestNumber));
    if (first !== undefined) member.newestNumber = Math.min(member.newestNumber, first.number - 1);
    if (etcd.leader === undefined) {
      this.elections.begin();
      return;
    }
    for (const batch of etcd.log.inFlight) this.sendTo(member, batch);
    this.readAll();
  }

  /** Reads that waited try again. */
  private readAll(): void {
    for (const row of this.parked.takeReads()) this.readAgain(row);
  }

  private stepDown(): void {
    if (this.etcd.leader === undefined || this.liveCount >= this.etcd.quorum) return;
    this.etcd.lead(undefined);
  }

  /** What the new leader has on disk stays and will be committed; the rest is lost, and so is what was sent to one that was deposed. */
  private takeOver(leader: EtcdMember, deposed: boolean): void {
    const { etcd } = this;
    if (deposed) {
      this.loseWaiting();
      this.becomeImpatient();
    }
    for (const member of etcd.members) {
      member.reset();
      member.newestNumber = Math.min(member.newestNumber, leader.newestNumber);
    }
    const lost = etcd.log.inFlight.filter(({ number }) => number > leader.newestNumber).length;
    for (const batch of etcd.log.forget(lost)) {
      for (const [i, row] of batch.rows.entries()) this.parked.orphan(row, batch.sinceNs[i]!);
      etcd.log.recycle(batch);
    }
    etcd.lead(leader);
    for (const batch of etcd.log.inFlight) {
      batch.holders = 1 << leader.index;
      this.send(batch);
    }
    // Its first entry is an empty one, behind which all from before are committed.
    this.engine.become(false);
    etcd.append(leader);
    this.readAll();
    etcd.advance();
  }

  private readAgain(row: number): void {
    const member = this.etcd.members.find((one) => this.clients.asksAt(row, one));
    if (member === undefined) this.clients.fail(row);
    else this.confirm(row, member);
  }

  private becomeImpatient(): void {
    if (this.impatient) return;
    this.impatient = true;
    this.engine.scheduleAs(true, PATIENCE_PERIOD_NS, this.patienceKind);
  }

  private losePatience(): void {
    const { etcd, parked, engine } = this;
    const stalled = etcd.leader === undefined || this.liveCount < etcd.quorum;
    parked.expire(engine.nowNs, stalled ? etcd.log : undefined);
    this.impatient = stalled || parked.size > 0;
    if (this.impatient) engine.scheduleAs(true, PATIENCE_PERIOD_NS, this.patienceKind);
  }
}
