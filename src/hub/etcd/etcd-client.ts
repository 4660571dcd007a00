import type { Kind } from '../../api/kind.js';
import type { WatchEvent } from '../../api/watch.js';
import type { WirePair } from '../../api/wire.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import type { Etcd } from './etcd.js';
import { EtcdAnswers } from './etcd-answers.js';
import type { EtcdDoor, EtcdUser } from './etcd-door.js';
import type { EtcdMember, EtcdRead } from './etcd-member.js';
import { EtcdSilence, type Kept, type SilenceOwner } from './etcd-silence.js';
import { MemberWires } from './member-wires.js';

/** What the connection of one API server is made of. */
export interface EtcdClientParts {
  readonly engine: Engine;
  readonly etcd: Etcd;
  readonly user: EtcdUser;
  /** Number of the API server, and how many there are: the rows of all are told apart by it. */
  readonly index: number;
  readonly servers: number;
  readonly wire: Distribution;
  readonly stream: () => Stream;
}

/**
 * One API server's connection to etcd. It is connected to one member, the one on its machine if there is one, and to the
 * next when that is gone. What comes back, answers and changes of the store, arrives in the order of the log, when its member has
 * applied it; from a leader on the same machine that is at once.
 */
export class EtcdClient implements EtcdDoor, SilenceOwner {
  readonly index: number;
  /** Whom it is connected to. */
  member: EtcdMember;
  private readonly engine: Engine;
  private readonly etcd: Etcd;
  readonly user: EtcdUser;
  private readonly servers: number;
  private readonly wires: MemberWires;
  /** -1 while nothing is ever on a wire. */
  private proposedKind: EventKind;
  private askedKind: EventKind;
  private progressKind: EventKind;
  private arrivedKind: EventKind;
  private readonly label: number;
  private readonly answers: EtcdAnswers;
  /** What LISTs on the wire want, by row. */
  private readonly lists: Map<number, EtcdRead>;
  heardRevision: number;
  /** Kinds whose watches have asked how far they are, by number. */
  private readonly asking: Kind[];
  /** The newest commit that its member has applied. */
  private reachedNumber: number;
  /** Members that do not answer it, if there ever was one. */
  private silence: EtcdSilence | undefined;
  /** Counts its connections: what was on the wire in an earlier one is lost. */
  private connection: number;

  constructor({ engine, etcd, user, index, servers, wire, stream }: EtcdClientParts) {
    const { members } = etcd;
    this.index = index;
    this.member = members[index % members.length]!;
    this.engine = engine;
    this.etcd = etcd;
    this.user = user;
    this.servers = servers;
    const alone = servers === 1 && members.length === 1;
    this.wires = new MemberWires(wire, alone ? undefined : stream());
    this.proposedKind = -1;
    this.askedKind = -1;
    this.progressKind = -1;
    this.arrivedKind = -1;
    if (!alone) this.register();
    this.label = engine.trace?.nameWait('etcd: answer on the wire', 'wire') ?? 0;
    this.answers = new EtcdAnswers();
    this.lists = new Map();
    this.heardRevision = 0;
    this.asking = [];
    this.reachedNumber = 0;
    this.connection = 0;
    this.silence = undefined;
  }

  private register(): void {
    const { engine } = this;
    const register = (name: string, handler: (row: number, a: number) => void): EventKind =>
      engine.register(`api server ${this.index}: ${name}`, handler, 'wire');
    this.proposedKind = register('proposal on the wire', (row, connection) => this.proposed(row, connection));
    this.askedKind = register('read on the wire', (row, connection) => this.asked(row, connection));
    this.progressKind = register('progress on the wire', (kind, connection) => this.progressed(kind, connection));
    this.arrivedKind = register('etcd on the wire', (number) => this.arrived(number));
  }

  /** Something has been said of the wire to a member, or befallen it; they are not on one machine then. */
  link(member: number, wires: WirePair): void {
    if (this.arrivedKind < 0) this.register();
    this.wires.link(member, wires);
  }

  get memberIndex(): number {
    return this.member.index;
  }

  private get isSilent(): boolean {
    return this.silence?.of(this.member.index) === true;
  }

  private get isLocal(): boolean {
    return this.member.index === this.index && !this.wires.isLinked(this.index);
  }

  get distant(): boolean {
    return this.answers.size > 0 || !this.isLocal || this.member !== this.etcd.leader || this.isSilent;
  }

  /** From its member on to the leader, once that member's loop is free. */
  private onwardNs(): number {
    const { etcd, member } = this;
    if (member === etcd.leader) return 0;
    const usualNs = this.wires.usualNs();
    const wayNs = etcd.leader === undefined ? usualNs : etcd.wires!.linkedNs(member.index, etcd.leader.index, usualNs);
    return member.waitsNs + wayNs;
  }

  private rowOf(slot: number): number {
    return slot * this.servers + this.index;
  }

  propose(slot: number): void {
    const row = this.rowOf(slot);
    if (!this.distant || !this.member.live || this.isSilent) {
      this.proposed(row, this.connection);
      return;
    }
    const wayNs = (this.isLocal ? 0 : this.wires.toNs(this.member.index)) + this.onwardNs();
    this.engine.schedule(wayNs, this.proposedKind, row, this.connection);
  }

  private proposed(row: number, connection: number): void {
    if (this.isSilent && this.silence!.keep(row, false)) return;
    if (this.isSilent || connection !== this.connection || !this.member.live) this.user.unanswered(this.slotOf(row));
    else this.etcd.propose(row, this.member);
  }

  range(slot: number): void {
    this.ask(this.rowOf(slot));
  }

  list(slot: number, ranges: number, objects: number, bytes: number): void {
    const row = this.rowOf(slot);
    this.lists.set(row, { ranges, objects, bytes });
    this.ask(row);
  }

  private ask(row: number): void {
    if (this.isLocal || !this.member.live) this.asked(row, this.connection);
    else this.engine.schedule(this.wires.toNs(this.member.index), this.askedKind, row, this.connection);
  }

  private asked(row: number, connection: number): void {
    if (this.isSilent && this.silence!.keep(row, true)) return;
    const list = this.lists.size > 0 ? this.lists.get(row) : undefined;
    if (list !== undefined) this.lists.delete(row);
    if (this.isSilent || connection !== this.connection || !this.member.live) this.user.unanswered(this.slotOf(row));
    else this.etcd.range(row, this.member, list);
  }

  progress(kind: Kind): void {
    if (this.isSilent || !this.member.live) return;
    this.asking[kind.id] = kind;
    if (this.isLocal) this.progressed(kind.id, this.connection);
    else this.engine.scheduleAs(true, this.pingNs(), this.progressKind, kind.id, this.connection);
  }

  private pingNs(): number {
    const { index } = this.member;
    return this.wires.toNs(index) + this.wires.fromNs(index);
  }

  private progressed(kind: number, connection: number): void {
    if (this.isSilent || connection !== this.connection || !this.member.live) return;
    this.user.progressed(this.asking[kind]!, this.heardRevision);
  }

  slotOf(row: number): number {
    return (row - this.index) / this.servers;
  }

  /** The store has committed a change. */
  changed(event: WatchEvent): void {
    if (!this.distant) {
      this.heardRevision = event.object.revision;
      this.user.changed(event);
      return;
    }
    // On its way no event stands for it.
    if (!event.chore) this.engine.hold();
    this.enqueue(event, 0, false);
  }

  apply(slot: number): void {
    if (!this.user.committed(slot)) return;
    if (this.distant) this.enqueue(undefined, slot, false);
    else this.user.applied(slot);
  }

  read(slot: number): void {
    if (this.isLocal && this.answers.size === 0 && !this.isSilent) this.user.rangeRead(slot);
    else this.enqueue(undefined, slot, true);
  }

  private enqueue(event: WatchEvent | undefined, slot: number, read: boolean): void {
    const { commits } = this.etcd;
    this.answers.add(commits, event, slot, read, this.engine.trace?.current ?? 0);
    if (this.reachedNumber >= commits) this.reached(commits);
  }

  /** Its member has applied all up to a commit: it is on the wire now. */
  reached(number: number): void {
    this.reachedNumber = Math.max(this.reachedNumber, number);
    if (this.answers.size === 0 || this.isSilent) return;
    if (this.isLocal) this.arrived(number);
    else this.engine.schedule(this.wires.fromNs(this.member.index), this.arrivedKind, number);
  }

  private arrived(number: number): void {
    if (this.isSilent) return;
    const { engine } = this;
    const { size, changes, slots, reads, causes } = this.answers.take(number);
    for (let i = 0; i < size; i++) {
      const event = changes[i];
      engine.trace?.resume(causes[i]!, engine.nowNs, this.label);
      if (event !== undefined) this.arrive(event);
      else if (reads[i]) this.user.rangeRead(slots[i]!);
      else this.user.applied(slots[i]!);
    }
  }

  private arrive(event: WatchEvent): void {
    this.heardRevision = event.object.revision;
    this.user.changed(event);
    if (!event.chore) this.engine.release();
  }

  /** Its member is gone: it goes to another one, which sends the changes it has not had yet. */
  lost(members: readonly EtcdMember[]): void {
    this.connection++;
    const { index } = this.member;
    for (let step = 1; step < members.length && !(this.member.live && !this.isSilent); step++)
      this.member = members[(index + step) % members.length]!;
    const { commits } = this.etcd;
    this.reachedNumber = commits;
    for (const slot of this.answers.takeAnswers()) this.user.unanswered(slot);
    if (this.answers.size === 0 || this.isSilent) return;
    if (this.arrivedKind < 0) this.arrived(commits);
    else this.engine.schedule(this.wires.fromNs(this.member.index), this.arrivedKind, commits);
  }

  /** Where all members are gone it waits for the first that comes. */
  found(member: EtcdMember): void {
    if (!this.member.live || this.isSilent) this.member = member;
  }

  /** A member does not answer it any more, or does again; `atOnce`: nothing has to be sent again. */
  sever(member: number, cut: boolean, atOnce: boolean): void {
    this.silence ??= new EtcdSilence(this.engine, `api server ${this.index}`, this);
    if (cut) this.silence.begin(member);
    else this.silence.end(member, atOnce);
  }

  /** Its member gave no sign of life: nobody knows what becomes of what it was asked. */
  silenceLost(kept: readonly Kept[]): void {
    this.etcd.doubt((row) => row % this.servers === this.index);
    for (const { row } of kept) {
      this.lists.delete(row);
      this.user.unanswered(this.slotOf(row));
    }
    this.lost(this.etcd.members);
  }

  /** Its member answers again. */
  silenceOver(kept: readonly Kept[]): void {
    for (const { row, read } of kept) {
      if (read) this.asked(row, this.connection);
      else this.proposed(row, this.connection);
    }
    this.arrived(this.reachedNumber);
  }
}
