import type { WirePair } from '../../api/wire.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import { type EtcdMember, MEMBERS_MAX } from './etcd-member.js';

/** The wires between the members of one etcd. */
export class PeerWires {
  private readonly usual: Distribution;
  private readonly stream: Stream;
  /** Those that are not like the others, by the numbers of both ends, the lower one first. */
  private readonly pairs: Map<number, WirePair>;

  constructor(usual: Distribution, stream: Stream) {
    this.usual = usual;
    this.stream = stream;
    this.pairs = new Map();
  }

  /** Something has been said of the wire between two members. */
  link(lower: number, upper: number, pair: WirePair): void {
    this.pairs.set(lower * MEMBERS_MAX + upper, pair);
  }

  /** How long a packet takes on a wire of which nothing was said. */
  usualNs(): number {
    return this.usual.sample(this.stream);
  }

  /** How long a packet takes that leaves now. */
  wayNs(from: number, to: number): number {
    const usualNs = this.usualNs();
    return this.pairs.size === 0 ? usualNs : this.linkedNs(from, to, usualNs);
  }

  /** The same where elsewhere it would be `usualNs`. */
  linkedNs(from: number, to: number, usualNs: number): number {
    const pair = this.pairs.get(Math.min(from, to) * MEMBERS_MAX + Math.max(from, to));
    if (pair === undefined) return usualNs;
    return (from < to ? pair.out : pair.back).wayNs(usualNs, 0);
  }

  /** Until a majority has answered the leader, itself included. */
  majorityNs(members: readonly EtcdMember[], { index: leader }: EtcdMember, quorum: number): number {
    const answersNs: number[] = [];
    for (const { live, index, waitsNs } of members)
      if (live && index !== leader)
        answersNs.push(Math.max(this.wayNs(leader, index), waitsNs) + this.wayNs(index, leader));
    answersNs.sort((a, b) => a - b);
    return answersNs[quorum - 2]!;
  }
}
