import type { EventKind } from './kind-table.js';
import type { NamedWait, WaitCause } from './wait-cause.js';

/** The record of nothing: what comes from outside the run has no cause. */
export const NO_RECORD = 0;

const RECORDS_MAX = 16_000_000;

/** One link of a chain of causes: something was waited for from one moment to another. */
export interface Link {
  readonly fromNs: number;
  readonly toNs: number;
  /** A kind of event, or what {@link Trace.nameWait} returned. */
  readonly label: number;
}

/**
 * Why things happened when they did: a record for every event that had to wait, with the record that caused it. Walking
 * back from any record gives a chain of waits without gaps. What happens in the instant of its cause shares its record,
 * so that zero-delay steps cost nothing.
 *
 * A queue of the model breaks the chain, because what takes an entry out is another event than the one that put it
 * in. Such a queue keeps {@link current} with each entry and calls {@link resume} when it takes the entry out.
 */
export class Trace {
  /** The record of what runs now: the cause of whatever it schedules. */
  current: number;
  /** There were more records than allowed: nothing is recorded any more, and nothing is complete. */
  full: boolean;
  /** The names of kinds; whoever records and wants to read them sets it. */
  kindName: (kind: EventKind) => string;
  private readonly recordsMax: number;
  private size: number;
  private causes: Int32Array;
  private timesNs: Float64Array;
  private labels: Int32Array;
  /** By kind: 1 if its events stand for the ones they schedule in their instant. */
  private standIns: Uint8Array;
  private readonly waits: NamedWait[];

  /** A record takes 16 bytes. */
  constructor(recordsMax: number = RECORDS_MAX) {
    this.current = NO_RECORD;
    this.full = false;
    this.kindName = String;
    this.recordsMax = recordsMax;
    this.size = 1;
    this.causes = new Int32Array(65_536);
    this.timesNs = new Float64Array(65_536);
    this.labels = new Int32Array(65_536);
    this.standIns = new Uint8Array(1024);
    this.waits = [];
    this.timesNs[NO_RECORD] = Number.NEGATIVE_INFINITY;
  }

  /** Names what entries of a queue wait for. */
  nameWait(name: string, cause: WaitCause): number {
    return -this.waits.push({ name, cause });
  }

  /** The name and the cause of a label of {@link nameWait}. */
  waitOf(label: number): NamedWait {
    return this.waits[-label - 1]!;
  }

  /** Events of a kind carry the name of the first event that they schedule for their instant. */
  standIn(kind: EventKind): void {
    if (kind >= this.standIns.length) {
      const grown = new Uint8Array(2 * kind);
      grown.set(this.standIns);
      this.standIns = grown;
    }
    this.standIns[kind] = 1;
  }

  /** An event begins. */
  enter(cause: number, timeNs: number, kind: EventKind): void {
    if (this.timesNs[cause] !== timeNs) {
      this.current = this.append(cause, timeNs, kind);
      return;
    }
    this.current = cause;
    const label = this.labels[cause]!;
    if (label >= 0 && this.standIns[label] === 1) this.labels[cause] = kind;
  }

  /** What runs from here on is what waited since `cause`, for what `label` names. */
  resume(cause: number, timeNs: number, label: number): void {
    this.current = this.waited(cause, timeNs, label);
  }

  /** The record of having waited from `cause` until a moment that is not in the future. */
  waited(cause: number, timeNs: number, label: number): number {
    return this.timesNs[cause]! >= timeNs ? cause : this.append(cause, timeNs, label);
  }

  /** The chain that ends in a record, last link first, as far as it is later than `sinceNs`; without gaps. */
  *chain(record: number, sinceNs: number): Generator<Link, void, void> {
    for (let at = record; at !== NO_RECORD && this.timesNs[at]! > sinceNs; at = this.causes[at]!) {
      const fromNs = Math.max(this.timesNs[this.causes[at]!]!, sinceNs);
      yield { fromNs, toNs: this.timesNs[at]!, label: this.labels[at]! };
    }
  }

  /** Adds up the links of {@link chain}. */
  sum(record: number, sinceNs: number, sums: { add(label: number, ns: number): void }): void {
    const { causes, timesNs, labels } = this;
    for (let at = record; at !== NO_RECORD && timesNs[at]! > sinceNs; at = causes[at]!)
      sums.add(labels[at]!, timesNs[at]! - Math.max(timesNs[causes[at]!]!, sinceNs));
  }

  /** Records there are, {@link NO_RECORD} among them; in the order of the events. */
  get records(): number {
    return this.size;
  }

  /** When the wait of a record ended, and what it was for. */
  recordAt(record: number): { readonly timeNs: number; readonly name: string } {
    const label = this.labels[record]!;
    return { timeNs: this.timesNs[record]!, name: label < 0 ? this.waitOf(label).name : this.kindName(label) };
  }

  private append(cause: number, timeNs: number, label: number): number {
    if (this.size === this.causes.length && !this.grow()) return NO_RECORD;
    const record = this.size++;
    this.causes[record] = cause;
    this.timesNs[record] = timeNs;
    this.labels[record] = label;
    return record;
  }

  private grow(): boolean {
    if (2 * this.size > this.recordsMax) {
      this.full = true;
      return false;
    }
    this.causes = doubled(this.causes, new Int32Array(2 * this.size));
    this.timesNs = doubled(this.timesNs, new Float64Array(2 * this.size));
    this.labels = doubled(this.labels, new Int32Array(2 * this.size));
    return true;
  }
}

function doubled<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
