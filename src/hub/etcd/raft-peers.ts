import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import type { Batch } from './batch.js';
import { candidates, type ElectionTimes, winner } from './election.js';
import type { EtcdMember } from './etcd-member.js';
import type { EtcdClients } from './etcd-parts.js';
import type { PeerWires } from './peer-wires.js';
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
  readonly inFlight: readonly Batch[];
  lead(leader: EtcdMember | undefined): void;
  append(leader: EtcdMember): void;
  advance(): void;
  form(): void;
  acknowledged(batch: Batch, member: number): void;
  readAt(row: number, member: EtcdMember): void;
  takeWaiting(chosen: (row: number, sinceNs: number) => boolean): number[];
  forget(count: number): Batch[];
  recycle(batch: Batch): void;
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
  /** Elections won since the start. */
  leaderChanges: number;
  private readonly engine: Engine;
  private readonly etcd: Peers;
  private readonly clients: EtcdClients;
  private readonly wires: PeerWires;
  private readonly times: ElectionTimes;
  private readonly stream: Stream;
  private readonly appendKind: EventKind;
  private readonly ackKind: EventKind;
  private readonly commitKind: EventKind;
  private readonly followedKind: EventKind;
  private readonly confirmedKind: EventKind;
  private readonly electedKind: EventKind;
  private readonly quorumLostKind: EventKind;
  private readonly patienceKind: EventKind;
  private readonly parked: Unanswered;
  private order: readonly EtcdMember[];
  private electing: boolean;
  private impatient: boolean;

  constructor(engine: Engine, etcd: Peers, clients: EtcdClients, parts: PeerParts) {
    this.engine = engine;
    this.etcd = etcd;
    this.clients = clients;
    this.wires = parts.wires;
    this.times = parts.times;
    this.stream = parts.stream;
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
    this.electedKind = engine.register('etcd: leader elected', () => this.elected(), 'timer');
    this.quorumLostKind = engine.register('etcd: leader without majority', () => this.stepDown(), 'timer');
    this.patienceKind = engine.register('etcd: no majority', () => this.losePatience(), 'timer');
    this.parked = new Unanswered(clients, REQUEST_TIMEOUT_NS + 2 * parts.times.electionTimeoutNs);
    this.order = [];
    this.electing = false;
    this.impatient = false;
    this.leaderChanges = 0;
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
    return this.etcd.inFlight.find((batch) => batch.number === number);
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
    if (member.live) member.apply(size, this.followedKind, index, commit, member.life);
  }

  private followed(index: number, commit: number, life: number): void {
    const member = this.etcd.members[index]!;
    if (member.live && member.life === life) this.clients.reached(member, commit);
  }

  /** A member may read when the leader knows from a majority that it still leads (ReadIndex). */
  confirm(row: number, member: EtcdMember): void {
    const { leader, members, quorum } = this.etcd;
    if (leader === undefined || this.liveCount < this.etcd.quorum) {
      this.parked.addRead(row, this.engine.nowNs);
      this.becomeImpatient();
      return;
    }
    const wayNs = member === leader ? 0 : this.fromNs(member) + this.toNs(member);
    const majorityNs = this.wires.majorityNs(members, leader, quorum);
    this.engine.schedule(wayNs + majorityNs, this.confirmedKind, row, member.index, member.life);
  }

  private confirmed(row: number, index: number, life: number): void {
    const member = this.etcd.members[index]!;
    if (member.live && member.life === life) this.etcd.readAt(row, member);
    else this.clients.fail(row);
  }

  /** A member is gone, or out of reach. */
  drop(member: EtcdMember): void {
    const { etcd, clients } = this;
    const asked = (row: number): boolean => clients.asksAt(row, member);
    for (const row of [...etcd.takeWaiting(asked), ...this.parked.take(asked)]) clients.fail(row);
    for (const { rows } of etcd.inFlight) for (const row of [...rows]) if (asked(row)) clients.doubt(row);
    member.reset();
    if (member === etcd.leader) {
      etcd.lead(undefined);
      for (const row of etcd.takeWaiting(() => true)) this.parked.orphan(row, this.engine.nowNs);
      this.beginElection();
    } else if (etcd.leader !== undefined && this.liveCount < etcd.quorum)
      this.engine.scheduleAs(true, this.times.electionTimeoutNs, this.quorumLostKind);
    this.becomeImpatient();
  }

  /** A member is there again: it has what is committed, and is sent the rest. */
  rejoin(member: EtcdMember): void {
    const { etcd } = this;
    const [first] = etcd.inFlight;
    member.newestNumber = Math.max(0, ...etcd.members.filter((one) => one !== member).map((one) => one.newestNumber));
    if (first !== undefined) member.newestNumber = Math.min(member.newestNumber, first.number - 1);
    if (etcd.leader === undefined) {
      this.beginElection();
      return;
    }
    for (const batch of etcd.inFlight) this.sendTo(member, batch);
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

  private beginElection(): void {
    if (this.electing || this.liveCount < this.etcd.quorum) return;
    this.electing = true;
    const live = this.etcd.members.filter((member) => member.live);
    const { order, delayNs } = candidates(live, this.times, this.stream);
    this.order = order;
    // A vote that is asked for in advance, and the vote itself.
    const { wires } = this;
    const votesNs = wires.usualNs() + wires.usualNs() + wires.usualNs() + wires.usualNs();
    this.engine.scheduleAs(true, delayNs + votesNs, this.electedKind);
  }

  private elected(): void {
    const { etcd } = this;
    this.electing = false;
    if (etcd.leader !== undefined) return;
    const leader = this.liveCount < etcd.quorum ? undefined : winner(this.order, etcd.quorum);
    if (leader === undefined) {
      this.beginElection();
      return;
    }
    this.leaderChanges++;
    this.takeOver(leader);
  }

  /** What the new leader has on disk stays and will be committed; the rest is lost. */
  private takeOver(leader: EtcdMember): void {
    const { etcd } = this;
    for (const member of etcd.members) {
      member.reset();
      member.newestNumber = Math.min(member.newestNumber, leader.newestNumber);
    }
    const lost = etcd.inFlight.filter(({ number }) => number > leader.newestNumber).length;
    for (const batch of etcd.forget(lost)) {
      for (const [i, row] of batch.rows.entries()) this.parked.orphan(row, batch.sinceNs[i]!);
      etcd.recycle(batch);
    }
    etcd.lead(leader);
    for (const batch of etcd.inFlight) {
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
    parked.expire(engine.nowNs, stalled ? etcd : undefined);
    this.impatient = stalled || parked.size > 0;
    if (this.impatient) engine.scheduleAs(true, PATIENCE_PERIOD_NS, this.patienceKind);
  }
}
