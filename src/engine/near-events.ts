import type { EventRecords } from './event-records.js';

/** Events of one bucket that are sorted by insertion: of more, another level of the wheel is cheaper. */
const BUCKET_MAX = 16;
/** Places that an event may move others by: of more, the heap is cheaper. */
const MOVES_MAX = 24;

/**
 * The events that come next, in ascending order: slots with their times in typed arrays, so that nothing else is read to
 * compare two. The first is taken from one end; what is new moves few others, as it is seldom due before most of them.
 */
export class NearEvents {
  /** Where the first event is, and where the place behind the last; all is behind the first ever taken. */
  head: number;
  tail: number;
  times: Float64Array;
  slots: Int32Array;
  private readonly records: EventRecords;

  constructor(records: EventRecords, capacity = 64) {
    this.head = 0;
    this.tail = 0;
    this.times = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.records = records;
  }

  /** Puts an event in its place. False if that would move too many others: then it has none here. */
  insert(slot: number): boolean {
    const time = this.records.timesNs[slot]!;
    if (this.tail - this.head > MOVES_MAX && this.isBefore(slot, time, this.tail - MOVES_MAX - 1)) return false;
    if (this.tail === this.slots.length) this.makeRoom();
    this.sift(slot, time, this.head);
    return true;
  }

  /** Adds the list that begins with `first`, of events behind all that are here. False, as if not called, if it is too long. */
  addBucket(first: number): boolean {
    const { records } = this;
    while (this.tail + BUCKET_MAX > this.slots.length) this.makeRoom();
    const tail = this.tail;
    const end = tail + BUCKET_MAX;
    for (let slot = first; slot >= 0; slot = records.next[slot]!) {
      if (this.tail === end) {
        this.tail = tail;
        return false;
      }
      this.sift(slot, records.timesNs[slot]!, tail);
    }
    return true;
  }

  /** Adds an event that is known to be behind all that are here. */
  append(slot: number): void {
    if (this.tail === this.slots.length) this.makeRoom();
    this.times[this.tail] = this.records.timesNs[slot]!;
    this.slots[this.tail++] = slot;
  }

  /** Takes out everything, in order. */
  takeAll(): Int32Array {
    const all = this.slots.slice(this.head, this.tail);
    this.head = 0;
    this.tail = 0;
    return all;
  }

  private sift(slot: number, time: number, head: number): void {
    const { times, slots, records } = this;
    let hole = this.tail++;
    for (; hole > head; hole--) {
      const before = times[hole - 1]!;
      if (before < time || (before === time && records.orders[slots[hole - 1]!]! < records.orders[slot]!)) break;
      times[hole] = before;
      slots[hole] = slots[hole - 1]!;
    }
    times[hole] = time;
    slots[hole] = slot;
  }

  private isBefore(slot: number, time: number, place: number): boolean {
    const timeThere = this.times[place]!;
    if (time !== timeThere) return time < timeThere;
    const { orders } = this.records;
    return orders[slot]! < orders[this.slots[place]!]!;
  }

  /** Moves everything to the front, or into arrays of twice the size. */
  private makeRoom(): void {
    const { times, slots, head, tail } = this;
    if (head < slots.length >> 1) {
      this.times = new Float64Array(2 * times.length);
      this.slots = new Int32Array(2 * slots.length);
    }
    this.times.set(times.subarray(head, tail));
    this.slots.set(slots.subarray(head, tail));
    this.head = 0;
    this.tail = tail - head;
  }
}
