import type { EventRecords } from './event-records.js';

/**
 * A 4-ary heap of slots by (time, order). The keys lie beside the slots in typed arrays: comparing through the records
 * would cost a cache miss a child, and objects with a comparator cost 2 to 5 times as much. Push and pop O(log n).
 */
export class SlotHeap {
  size: number;
  times: Float64Array;
  orders: Float64Array;
  private slots: Int32Array;
  private readonly records: EventRecords;

  constructor(records: EventRecords, capacity = 1024) {
    this.size = 0;
    this.times = new Float64Array(capacity);
    this.orders = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.records = records;
  }

  push(slot: number): void {
    const time = this.records.timesNs[slot]!;
    const order = this.records.orders[slot]!;
    if (this.size === this.slots.length) this.grow();
    const { times, orders, slots } = this;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && orders[parent]! < order)) break;
      times[hole] = parentTime;
      orders[hole] = orders[parent]!;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    slots[hole] = slot;
  }

  /** Takes out the first slot; the heap must not be empty. */
  pop(): number {
    const { times, orders, slots } = this;
    const first = slots[0]!;
    const last = --this.size;
    const time = times[last]!;
    const order = orders[last]!;
    let hole = 0;
    for (let child = 1; child < last; child = (hole << 2) + 1) {
      let best = child;
      let bestTime = times[child]!;
      const end = child + 4 < last ? child + 4 : last;
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]!;
        if (otherTime < bestTime || (otherTime === bestTime && orders[other]! < orders[best]!)) {
          best = other;
          bestTime = otherTime;
        }
      }
      if (time < bestTime || (time === bestTime && order < orders[best]!)) break;
      times[hole] = bestTime;
      orders[hole] = orders[best]!;
      slots[hole] = slots[best]!;
      hole = best;
    }
    times[hole] = time;
    orders[hole] = order;
    slots[hole] = slots[last]!;
    return first;
  }

  /** Takes out everything, in no order. */
  takeAll(): Int32Array {
    const all = this.slots.slice(0, this.size);
    this.size = 0;
    return all;
  }

  /** Drops and releases every cancelled event. */
  sweep(): void {
    for (const slot of this.takeAll()) {
      if (this.records.kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.push(slot);
    }
  }

  private grow(): void {
    const capacity = this.slots.length * 2;
    const { times, orders, slots } = this;
    this.times = new Float64Array(capacity);
    this.orders = new Float64Array(capacity);
    this.slots = new Int32Array(capacity);
    this.times.set(times);
    this.orders.set(orders);
    this.slots.set(slots);
  }
}
