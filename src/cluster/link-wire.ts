import type { Wire, WirePair } from '../api/wire.js';
import type { Distribution } from '../random/distribution.js';
import type { Stream } from '../random/stream.js';
import type { Streams } from '../random/streams.js';
import type { Link } from './link-end.js';

/** What a kernel keeps of what has been written to a connection and cannot be sent yet (tcp(7) tcp_wmem). */
const SEND_BUFFER_BYTES = 4 * 1024 * 1024;

/** What a wire is like; what is left out is as elsewhere. */
export interface LinkTerms {
  /** One way. */
  readonly delay?: Distribution | undefined;
  /** Bytes a second. */
  readonly bandwidth?: number | undefined;
}

/** A link of which a scenario says what its wires are like. */
export interface NetworkLink extends LinkTerms {
  readonly link: Link;
}

/** What all wires of a cluster have in common. */
export interface WireParts {
  readonly clock: { readonly nowNs: number };
  readonly streams: Streams;
}

/**
 * One way of one wire, a TCP connection: what is long takes its time to get onto it, what comes next waits until then, and
 * nothing overtakes what was sent before.
 */
export class LinkWire implements Wire {
  private readonly parts: WireParts;
  /** Names its random streams. */
  private readonly name: string;
  private terms: LinkTerms;
  /** What makes it slower for a while. */
  private readonly slowed: LinkTerms[];
  private stream: Stream | undefined;
  private slowStream: Stream | undefined;
  /** When all that was sent is on the wire, and when all of it has arrived. */
  private freeNs: number;
  private lastArrivalNs: number;

  constructor(parts: WireParts, name: string) {
    this.parts = parts;
    this.name = name;
    this.terms = {};
    this.slowed = [];
    this.stream = undefined;
    this.slowStream = undefined;
    this.freeNs = 0;
    this.lastArrivalNs = 0;
  }

  /** Says what it is like; what was said before and is not said now stays. */
  describe({ delay = this.terms.delay, bandwidth = this.terms.bandwidth }: LinkTerms): void {
    this.terms = { delay, bandwidth };
  }

  /** Everything takes so much longer on it, and it takes no more than so many bytes a second. */
  slow(terms: LinkTerms): void {
    this.slowed.push(terms);
  }

  /** One such reason is gone. */
  recover(terms: LinkTerms): void {
    this.slowed.splice(this.slowed.indexOf(terms), 1);
  }

  /** After how long no more waits to get onto it than the sender's kernel keeps, ns: so long whoever writes to it stands still. */
  roomNs(): number {
    const buffered = (SEND_BUFFER_BYTES * 1e9) / this.bandwidth();
    return Math.max(Math.ceil(this.freeNs - buffered - this.parts.clock.nowNs), 0);
  }

  private bandwidth(): number {
    let bandwidth = this.terms.bandwidth ?? Number.POSITIVE_INFINITY;
    for (const slower of this.slowed) bandwidth = Math.min(bandwidth, slower.bandwidth ?? bandwidth);
    return bandwidth;
  }

  wayNs(usualNs: number, bytes: number): number {
    const { nowNs } = this.parts.clock;
    let delayNs = this.terms.delay === undefined ? usualNs : this.terms.delay.sample(this.ownStream());
    for (const { delay } of this.slowed) if (delay !== undefined) delayNs += delay.sample(this.faultStream());
    this.freeNs = Math.max(this.freeNs, nowNs) + Math.ceil((bytes * 1e9) / this.bandwidth());
    this.lastArrivalNs = Math.max(this.lastArrivalNs, this.freeNs + delayNs);
    return this.lastArrivalNs - nowNs;
  }

  private ownStream(): Stream {
    this.stream ??= this.parts.streams.stream(`link/${this.name}`);
    return this.stream;
  }

  /** A fault draws nothing from what the wire itself draws. */
  private faultStream(): Stream {
    this.slowStream ??= this.parts.streams.stream(`link-slow/${this.name}`);
    return this.slowStream;
  }
}

/** Both ways of one wire. */
export class LinkWires implements WirePair {
  readonly out: LinkWire;
  readonly back: LinkWire;

  /** `name` tells the two ends, the client's side first. */
  constructor(parts: WireParts, name: string) {
    this.out = new LinkWire(parts, `${name}/out`);
    this.back = new LinkWire(parts, `${name}/back`);
  }
}
