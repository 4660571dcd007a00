import type { Engine } from '../../engine/index.js';
import type { Suspension } from '../../engine/suspension.js';
import type { Etcd } from './etcd.js';
import type { EtcdConnections } from './etcd-clients.js';
import type { EtcdMember } from './etcd-member.js';

/** The wires of the members of one etcd, to each other and to API servers, and what stands still. */
export class MemberLinks {
  private readonly engine: Engine;
  private readonly etcd: Etcd;
  private readonly connections: EtcdConnections;
  /** Pairs that cannot reach each other, as numbers, and for how many reasons. */
  private readonly cuts: Map<number, number>;
  private readonly frozen: Set<number>;
  private suspension: Suspension | undefined;

  constructor(engine: Engine, etcd: Etcd, connections: EtcdConnections) {
    this.engine = engine;
    this.etcd = etcd;
    this.connections = connections;
    this.cuts = new Map();
    this.frozen = new Set();
    this.suspension = undefined;
  }

  /** An API server and a member cannot reach each other any more, or can again. */
  severServer(server: number, member: number, cut: boolean, atOnce = false): void {
    this.connections.all[server]!.sever(member, cut, atOnce);
  }

  /** Two members cannot reach each other any more, or can again. */
  sever(a: number, b: number, cut: boolean): void {
    const pair = this.pairOf(a, b);
    this.cuts.set(pair, (this.cuts.get(pair) ?? 0) + (cut ? 1 : -1));
    this.rearrange();
  }

  /** SIGSTOP of a member. To the others it is as if it were cut off; alone it takes all with it. */
  freeze(member: number): void {
    if (this.frozen.has(member)) return;
    this.frozen.add(member);
    if (this.etcd.replicas > 1) {
      this.rearrange();
      return;
    }
    this.suspension = this.engine.suspend([this.etcd.ownKinds]);
    for (const { index } of this.connections.all) this.severServer(index, member, true);
  }

  /** SIGCONT. */
  thaw(member: number): void {
    if (!this.frozen.delete(member)) return;
    if (this.etcd.replicas > 1) {
      this.rearrange();
      return;
    }
    this.suspension!.resume();
    this.suspension = undefined;
    for (const { index } of this.connections.all) this.severServer(index, member, false, true);
  }

  private pairOf(a: number, b: number): number {
    return Math.min(a, b) * this.etcd.replicas + Math.max(a, b);
  }

  private reach({ index: a }: EtcdMember, { index: b }: EtcdMember): boolean {
    return (this.cuts.get(this.pairOf(a, b)) ?? 0) === 0 && !this.frozen.has(a) && !this.frozen.has(b);
  }

  /**
   * A leader that reaches a majority stays it: who hears from it votes for nobody else (raft PreVote, CheckQuorum). Else
   * whoever reaches one can be elected. Who cannot reach that member takes no part.
   */
  private rearrange(): void {
    const { members, quorum, leader } = this.etcd;
    const around = (center: EtcdMember): EtcdMember[] =>
      members.filter((one) => one.up && (one === center ? !this.frozen.has(one.index) : this.reach(center, one)));
    const candidates = leader === undefined ? members : [leader, ...members.filter((one) => one !== leader)];
    const center = candidates.find((one) => one.up && around(one).length >= quorum) ?? candidates[0]!;
    const part = new Set(around(center));
    for (const member of members) if (member.up && !part.has(member)) this.etcd.connect(member.index, false);
    for (const member of members) if (!member.up || part.has(member)) this.etcd.connect(member.index, true);
  }
}
