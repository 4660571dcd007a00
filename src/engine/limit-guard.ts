import { CANCELLED, type EventRecords, KIND_AND_CLASS, WORDS_SHIFT } from './event-records.js';
import type { KindTable } from './kind-table.js';
import type { Limits } from './limits.js';

/** Thrown by `schedule` at the limit of live events and caught by the run, which then ends with the reason `limit`. */
export class LimitExceeded extends Error {
  override readonly name: string = 'LimitExceeded';
}

/**
 * Watches the limits of a run. The loop compares one number per event: `checkAt`, the count of executed events at which
 * the guard wants to look. Half-way to the limit of an instant it notes how often each kind has run, so that at
 * the limit the kind that ran most since then is known: the one that keeps the instant alive.
 */
export class LimitGuard {
  /** Call `check` when this many events have been executed. */
  checkAt: number;
  private readonly limits: Limits;
  private readonly kinds: KindTable;
  private readonly records: EventRecords;
  private instantStart: number;
  private noted: Float64Array;

  constructor(limits: Limits, kinds: KindTable, records: EventRecords) {
    this.limits = limits;
    this.kinds = kinds;
    this.records = records;
    this.noted = new Float64Array(0);
    this.instantStart = 0;
    this.checkAt = 0;
    this.startInstant(0);
  }

  /** The clock has moved, after `executed` events. */
  startInstant(executed: number): void {
    const { events, eventsInInstant } = this.limits;
    this.instantStart = executed;
    const half = executed + (eventsInInstant >> 1);
    this.checkAt = half < events ? half : events;
  }

  /** What limit the next event would exceed, or ''. */
  check(executed: number, nowNs: number): string {
    const { events, eventsInInstant } = this.limits;
    if (executed >= events) {
      const culprit = this.most(this.kinds.executed);
      return `the limit of ${events} events was reached at ${nowNs} ns; most of them were of kind "${culprit}"`;
    }
    if (executed - this.instantStart >= eventsInInstant) {
      const culprit = this.most(this.kinds.executed.map((count, kind) => count - (this.noted[kind] ?? 0)));
      return `${eventsInInstant} events ran at ${nowNs} ns without the clock moving; most of them were of kind "${culprit}"`;
    }
    this.noted = this.kinds.executed.slice();
    this.checkAt = Math.min(events, this.instantStart + eventsInInstant);
    return '';
  }

  /** Refuses one more live event. */
  failLive(): never {
    const counts = new Float64Array(this.kinds.handlers.length);
    const words = this.records.words;
    for (let at = KIND_AND_CLASS; at < words.length; at += 1 << WORDS_SHIFT) {
      const kindAndClass = words[at]!;
      if (kindAndClass !== CANCELLED) counts[kindAndClass >> 1]! += 1;
    }
    const culprit = this.most(counts);
    throw new LimitExceeded(
      `the limit of ${this.limits.liveEvents} live events was exceeded; most of them are of kind "${culprit}"`,
    );
  }

  private most(counts: Float64Array): string {
    return this.kinds.nameOf(counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0)));
  }
}
