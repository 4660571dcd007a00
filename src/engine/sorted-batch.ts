import { type EventRecords, NONE } from './event-records.js';

/** Puts the few events that a wheel hands over into ascending order, by insertion into arrays of their keys. */
export class SortedBatch {
  /** First and last slot of the batch taken last; NONE if there were too many. */
  first: number;
  last: number;
  private readonly times: Float64Array;
  private readonly orders: Float64Array;
  private readonly slots: Int32Array;

  /** For no more than `max` events. */
  constructor(max: number) {
    this.first = NONE;
    this.last = NONE;
    this.times = new Float64Array(max);
    this.orders = new Float64Array(max);
    this.slots = new Int32Array(max);
  }

  /** Sorts the list that begins with `head` and links it anew. False, with the list as it was, if it is too long. */
  take(head: number, { timesNs, orders: ordersOf, next }: EventRecords): boolean {
    this.first = head;
    this.last = head;
    if (next[head]! < 0) return true;
    const { times, orders, slots } = this;
    const max = slots.length;
    let size = 0;
    for (let slot = head; slot >= 0; slot = next[slot]!) {
      if (size === max) {
        this.last = NONE;
        return false;
      }
      const time = timesNs[slot]!;
      const order = ordersOf[slot]!;
      let hole = size++;
      for (; hole > 0; hole--) {
        const before = times[hole - 1]!;
        if (before < time || (before === time && orders[hole - 1]! < order)) break;
        times[hole] = before;
        orders[hole] = orders[hole - 1]!;
        slots[hole] = slots[hole - 1]!;
      }
      times[hole] = time;
      orders[hole] = order;
      slots[hole] = slot;
    }
    this.last = slots[size - 1]!;
    let following = NONE;
    for (let i = size - 1; i >= 0; i--) {
      next[slots[i]!] = following;
      following = slots[i]!;
    }
    this.first = following;
    return true;
  }
}
