import type { EventRecords } from './event-records.js';

/** Events of one bucket that are sorted by insertion: of more, another level of the wheel is cheaper. */
const BUCKET_MAX = 16;
/** Places that an event may move others by: of more, the heap is cheaper. */
const MOVES_MAX = 24;

/**
 * The events that come next, in ascending order. The first is taken from one end; what is new moves few others, as it is
 * seldom due before most of them.
 */
export class NearEvents {
  /** The place of the first event, and the place behind the last. */
  head: number;
  tail: number;
  slots: Int32Array;
  private readonly records: EventRecords;

  constructor(records: EventRecords, capacity = 64) {
    this.head = 0;
    this.tail = 0;
    this.slots = new Int32Array(capacity);
    this.records = records;
  }

  /** Puts an event in its place. False if that would move too many others: then it has none here. */
  insert(slot: number, timeNs: number): boolean {
    const { head, tail, slots } = this;
    if (tail - head > MOVES_MAX && this.isBefore(slot, slots[tail - MOVES_MAX - 1]!)) return false;
    if (tail === slots.length) this.makeRoom();
    this.sift(slot, timeNs, this.head);
    return true;
  }

  /** Adds the list that begins with `first`, of events behind all that are here. False, as if not called, if it is too long. */
  addBucket(first: number): boolean {
    const { next, timesNs } = this.records;
    // Most buckets have one event, which needs no place among others.
    if (next[first]! < 0) {
      this.append(first);
      return true;
    }
    while (this.tail + BUCKET_MAX > this.slots.length) this.makeRoom();
    const tail = this.tail;
    const end = tail + BUCKET_MAX;
    for (let slot = first; slot >= 0; slot = next[slot]!) {
      if (this.tail === end) {
        this.tail = tail;
        return false;
      }
      this.sift(slot, timesNs[slot]!, tail);
    }
    return true;
  }

  /** Adds an event that is known to be behind all that are here. */
  append(slot: number): void {
    if (this.tail === this.slots.length) this.makeRoom();
    this.slots[this.tail++] = slot;
  }

  /** When the first event is due; Infinity if there is none. */
  get firstNs(): number {
    return this.head === this.tail ? Number.POSITIVE_INFINITY : this.records.timesNs[this.slots[this.head]!]!;
  }

  /** Takes out everything, in order. */
  takeAll(): Int32Array {
    const all = this.slots.slice(this.head, this.tail);
    this.clear();
    return all;
  }

  clear(): void {
    this.head = 0;
    this.tail = 0;
  }

  /** Drops and releases every cancelled event. */
  sweep(): void {
    for (const slot of this.takeAll()) {
      if (this.records.kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.append(slot);
    }
  }

  /** Moves back what comes after an event, no further than to `head`. */
  private sift(slot: number, timeNs: number, head: number): void {
    const { slots } = this;
    const { timesNs, orders } = this.records;
    let hole = this.tail++;
    for (; hole > head; hole--) {
      const other = slots[hole - 1]!;
      const before = timesNs[other]!;
      if (before <= timeNs && (before < timeNs || orders[other]! < orders[slot]!)) break;
      slots[hole] = other;
    }
    slots[hole] = slot;
  }

  private isBefore(slot: number, other: number): boolean {
    const { timesNs, orders } = this.records;
    const time = timesNs[slot]!;
    const after = timesNs[other]!;
    return time < after || (time === after && orders[slot]! < orders[other]!);
  }

  /** Moves everything to the front, or into an array of twice the size. */
  private makeRoom(): void {
    const { slots, head, tail } = this;
    if (head < slots.length >> 1) this.slots = new Int32Array(2 * slots.length);
    this.slots.set(slots.subarray(head, tail));
    this.head = 0;
    this.tail = tail - head;
  }
}
