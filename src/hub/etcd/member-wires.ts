import type { WirePair } from '../../api/wire.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';

/** The wires between one API server and the members of an etcd. */
export class MemberWires {
  private readonly usual: Distribution;
  /** Undefined where there is one server and one member: nothing of it is random. */
  private readonly stream: Stream | undefined;
  /** Those that are not like the others, by member. */
  private readonly pairs: (WirePair | undefined)[];

  constructor(usual: Distribution, stream: Stream | undefined) {
    this.usual = usual;
    this.stream = stream;
    this.pairs = [];
  }

  /** Something has been said of the wire to a member. */
  link(member: number, pair: WirePair): void {
    this.pairs[member] = pair;
  }

  isLinked(member: number): boolean {
    return this.pairs[member] !== undefined;
  }

  /** How long a packet takes on a wire of which nothing was said. */
  usualNs(): number {
    return this.stream === undefined ? 0 : this.usual.sample(this.stream);
  }

  /** How long a packet takes that leaves for a member now. */
  toNs(member: number): number {
    const usualNs = this.usualNs();
    return this.pairs[member]?.out.wayNs(usualNs, 0) ?? usualNs;
  }

  /** The same for one that comes from there. */
  fromNs(member: number): number {
    const usualNs = this.usualNs();
    return this.pairs[member]?.back.wayNs(usualNs, 0) ?? usualNs;
  }
}
