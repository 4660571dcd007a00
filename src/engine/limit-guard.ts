import type { EventQueue } from './event-queue.js';
import type { EventRecords } from './event-records.js';
import type { InstantRing } from './instant-ring.js';
import type { EventKind, KindTable } from './kind-table.js';
import type { Limits } from './limits.js';

/** Thrown by `schedule` at the limit of live events and caught by the run, which then ends with the reason `limit`. */
export class LimitExceeded extends Error {
  override readonly name: string = 'LimitExceeded';
}

/** Events before a limit from which the kinds are counted, so that the one to blame is known when it is reached. */
const WATCHED = 1_000_000;

/**
 * Watches the limits of a run. The loop compares one number per event: from `checkAt` executed events on the guard looks
 * at each, and counts its kind. That begins half-way to the limit, so that the kind that ran most since is the one that
 * keeps an instant alive, and not the crowd that happened to be due with it.
 */
export class LimitGuard {
  /** Call `isOver` once this many events have been executed. */
  checkAt: number;
  /** The limit that was exceeded, and the kind to blame. */
  message: string;
  readonly liveMax: number;
  private readonly limits: Limits;
  private readonly kinds: KindTable;
  private readonly records: EventRecords;
  private readonly watchAt: number;
  /** Events executed before this instant began. */
  instantStart: number;
  private counts: Float64Array;

  constructor(limits: Limits, kinds: KindTable, records: EventRecords) {
    this.liveMax = limits.liveEvents;
    this.limits = limits;
    this.kinds = kinds;
    this.records = records;
    this.watchAt = Math.max(0, limits.events - Math.min(WATCHED, limits.events / 2));
    this.instantStart = 0;
    this.counts = new Float64Array(0);
    this.checkAt = 0;
    this.message = '';
    this.arm();
  }

  /** When an event is next to be looked at, with `executed` before it in all. */
  private arm(): void {
    const half = this.instantStart + (this.limits.eventsInInstant >> 1);
    this.checkAt = half < this.watchAt ? half : this.watchAt;
  }

  /** Would an event of this kind exceed a limit? Then `message` says which. */
  isOver(executed: number, nowNs: number, kind: EventKind): boolean {
    // While the clock moves on nobody sets the mark anew: it is reached now and then, to be set behind this instant's half.
    this.arm();
    if (executed < this.checkAt) return false;
    const { events, eventsInInstant } = this.limits;
    if (executed >= events) {
      this.message = `the limit of ${events} events was reached at ${nowNs} ns; most of them were of kind "${this.most()}"`;
      return true;
    }
    if (executed - this.instantStart >= eventsInInstant) {
      this.message = `${eventsInInstant} events ran at ${nowNs} ns without the clock moving; most of them were of kind "${this.most()}"`;
      return true;
    }
    this.count(kind);
    return false;
  }

  /** Frees the slots of cancelled events if they are many, or else adds slots up to the limit of live events. */
  makeRoom(queue: EventQueue, instant: InstantRing): void {
    const { records, liveMax } = this;
    const isFull = records.capacity >= liveMax;
    if (records.cancelled * 4 > records.capacity || (isFull && records.cancelled > 0)) queue.sweep();
    if (records.free >= 0) return;
    if (isFull) this.failLive(instant);
    records.grow(Math.min(2 * records.capacity, liveMax));
  }

  /** Makes room for one more event of this instant, up to the limit of live events. */
  makeRoomNow(instant: InstantRing): void {
    if (!instant.makeRoom(this.liveMax - this.records.live)) this.failLive(instant);
  }

  /** Refuses one more live event: those in slots and those of this instant are too many. */
  private failLive(instant: InstantRing): never {
    this.counts.fill(0);
    const free = this.records.freeSlots();
    for (let slot = 0; slot < free.length; slot++) if (free[slot] === 0) this.count(this.records.kindOf(slot));
    for (let event = instant.head; event < instant.tail; event++) this.count(instant.kinds[event & instant.mask]! >> 2);
    throw new LimitExceeded(
      `the limit of ${this.limits.liveEvents} live events was exceeded; most of them are of kind "${this.most()}"`,
    );
  }

  private count(kind: EventKind): void {
    if (kind < 0) return;
    if (kind >= this.counts.length) {
      const counts = new Float64Array(this.kinds.handlers.length);
      counts.set(this.counts);
      this.counts = counts;
    }
    this.counts[kind]! += 1;
  }

  private most(): string {
    return this.kinds.nameOf(this.counts.indexOf(this.counts.reduce((most, count) => Math.max(most, count), 0)));
  }
}
