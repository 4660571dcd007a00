/** What an audit reads of the engine. */
export interface AuditClock {
  readonly nowNs: number;
}

/** What does not add up in one queue. */
export interface AuditFinding {
  readonly queue: string;
  /** With the figures, in plain words. */
  readonly message: string;
}

/** Two ways of summing the same products differ by rounding, and by no more than this. */
const RELATIVE_TOLERANCE = 1e-9;

/** When an entry came, and how much room it takes. */
interface Entry {
  readonly sinceNs: number;
  readonly weight: number;
}

/**
 * Keeps books on one queue of a model, beside the queue's own: every entry with its moment, and the length that the queue
 * says it has. At any time arrivals are departures and what is inside, and the time-integral of the length is the sum of
 * all waits (Little's law, exact for a sample path). A queue that loses an entry, serves it twice or miscounts breaks one of the two.
 *
 * Every hook must be called before the queue changes, in the instant of the change; {@link look} alone where the entry is not
 * known yet.
 */
export class QueueAudit {
  readonly name: string;
  /** Entries that came and that left, by weight. */
  arrivals: number;
  departures: number;
  private readonly clock: AuditClock;
  private readonly length: () => number;
  private readonly inside: Map<number, Entry>;
  private lastNs: number;
  private lengthNs: number;
  private waitsNs: number;
  private oddity: string;

  /** `length` is what the queue itself says: its entries, or the sum of their weights. */
  constructor(name: string, clock: AuditClock, length: () => number) {
    this.name = name;
    this.arrivals = 0;
    this.departures = 0;
    this.clock = clock;
    this.length = length;
    this.inside = new Map();
    this.lastNs = clock.nowNs;
    this.lengthNs = 0;
    this.waitsNs = 0;
    this.oddity = '';
  }

  /** The queue is about to change. */
  look(): void {
    const { nowNs } = this.clock;
    if (nowNs === this.lastNs) return;
    this.lengthNs += this.length() * (nowNs - this.lastNs);
    this.lastNs = nowNs;
  }

  /** An entry comes that is known by a number as long as it is inside. */
  enter(item: number, weight = 1): void {
    this.look();
    if (this.inside.has(item)) this.oddity ||= `entry ${item} came while it was inside`;
    this.arrivals += weight;
    this.inside.set(item, { sinceNs: this.clock.nowNs, weight });
  }

  leave(item: number): void {
    this.look();
    const entry = this.inside.get(item);
    if (entry === undefined) {
      this.oddity ||= `entry ${item} left that was not inside`;
      return;
    }
    this.inside.delete(item);
    this.departures += entry.weight;
    this.waitsNs += entry.weight * (this.clock.nowNs - entry.sinceNs);
  }

  /** All that is inside leaves, as when a process dies. */
  clear(): void {
    for (const item of [...this.inside.keys()]) this.leave(item);
  }

  /** What does not add up by now. */
  verify(): readonly AuditFinding[] {
    this.look();
    const { name, arrivals, departures, oddity } = this;
    const said = this.length();
    const findings: AuditFinding[] = oddity === '' ? [] : [{ queue: name, message: oddity }];
    if (arrivals !== departures + said)
      findings.push({
        queue: name,
        message: `flow balance: ${arrivals} arrived, ${departures} left, but ${said} are inside`,
      });
    const waitsNs = this.waitsNs + this.presentNs();
    if (Math.abs(this.lengthNs - waitsNs) > RELATIVE_TOLERANCE * Math.max(this.lengthNs, waitsNs))
      findings.push({
        queue: name,
        message: `Little's law: the length over time comes to ${this.lengthNs / 1e9} s, the waits to ${waitsNs / 1e9} s`,
      });
    return findings;
  }

  /** Waits so far of what is still inside. */
  private presentNs(): number {
    let sumNs = 0;
    for (const { sinceNs, weight } of this.inside.values()) sumNs += weight * (this.clock.nowNs - sinceNs);
    return sumNs;
  }
}
