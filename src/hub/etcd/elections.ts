import type { Engine, EventKind } from '../../engine/index.js';
import { candidates, type ElectionTimes, winner } from './election.js';
import type { EtcdMember } from './etcd-member.js';
import type { PeerParts, Peers } from './raft-peers.js';

/** Who is told of a new leader: `deposed`, if the one before it still believes that it leads. */
export type TakeOver = (leader: EtcdMember, deposed: boolean) => void;

/** When the members of an etcd elect another leader: when theirs is gone, or when nothing is heard of it for too long. */
export class Elections {
  /** Elections won since the start. */
  won: number;
  private readonly engine: Engine;
  private readonly etcd: Peers;
  private readonly parts: PeerParts;
  private readonly times: ElectionTimes;
  private readonly takeOver: TakeOver;
  private readonly electedKind: EventKind;
  private order: readonly EtcdMember[];
  private electing: boolean;
  /** The leader of which nothing is heard, while it is there. */
  private silent: EtcdMember | undefined;

  constructor(engine: Engine, etcd: Peers, parts: PeerParts, takeOver: TakeOver) {
    this.engine = engine;
    this.etcd = etcd;
    this.parts = parts;
    this.times = parts.times;
    this.takeOver = takeOver;
    this.electedKind = engine.register('etcd: leader elected', () => this.elected(), 'timer');
    this.won = 0;
    this.order = [];
    this.electing = false;
    this.silent = undefined;
  }

  private get live(): EtcdMember[] {
    return this.etcd.members.filter((member) => member.live);
  }

  /** The leader is gone. */
  begin(): void {
    const { live } = this;
    if (this.electing || live.length < this.etcd.quorum) return;
    const { order, delayNs } = candidates(live, this.times, this.parts.stream);
    this.vote(order, delayNs);
  }

  /**
   * The leader writes its log, and does not tick before its disk is done: one goroutine does both (etcdserver/raft.go start). So
   * the batch that it has just sent is the last that is heard of it; whoever loses his patience before the disk is done is elected.
   * It does not notice, for its own clock stands still as well.
   */
  writing(leader: EtcdMember): void {
    const { heartbeatIntervalNs, electionTimeoutNs } = this.times;
    if (this.electing || leader.waitsNs <= electionTimeoutNs - heartbeatIntervalNs) return;
    const able = this.live.filter((member) => member !== leader && this.votes(member));
    if (able.length < this.etcd.quorum) return;
    const { order, delayNs } = candidates(able, this.times, this.parts.stream);
    if (delayNs >= leader.waitsNs) return;
    this.silent = leader;
    this.vote(order, delayNs);
  }

  /** Whether a member's loop will hear of an election before the next one. */
  private votes(member: EtcdMember): boolean {
    return member.waitsNs < this.times.electionTimeoutNs;
  }

  private vote(order: readonly EtcdMember[], delayNs: number): void {
    this.electing = true;
    this.order = order;
    // A vote that is asked for in advance, and the vote itself.
    const { wires } = this.parts;
    const votesNs = wires.usualNs() + wires.usualNs() + wires.usualNs() + wires.usualNs();
    this.engine.scheduleAs(true, delayNs + votesNs, this.electedKind);
  }

  private elected(): void {
    const { etcd, silent } = this;
    this.electing = false;
    this.silent = undefined;
    if (etcd.leader !== undefined && etcd.leader !== silent) return;
    const voters = this.order.filter((member) => this.votes(member));
    const leader = this.live.length < etcd.quorum ? undefined : winner(voters, etcd.quorum);
    if (leader !== undefined) {
      this.won++;
      this.takeOver(leader, etcd.leader !== undefined);
    } else if (etcd.leader === undefined) this.begin();
    else this.writing(etcd.leader);
  }
}
