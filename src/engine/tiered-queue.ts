import type { EventQueue } from './event-queue.js';
import { type EventRecords, NONE } from './event-records.js';
import { SlotHeap } from './slot-heap.js';
import { TimingWheel } from './timing-wheel.js';

/** Heap size at which what is far off goes back to the wheel. */
const HEAP_FULL = 256;

/**
 * The queue of every run, in three tiers. Most events of a control plane are zero-delay (work queues, watch fan-out)
 * or far off (leases, timeouts), hence: a list for one instant, O(1); a heap for what is near, O(log of few); a wheel
 * for the rest, O(1).
 *
 * The list holds events of one time in ascending order, nothing else: an event that is not behind its last goes into
 * the heap, and `pop` takes the smaller head of the two. So the total order holds whatever the priorities and ties.
 */
export class TieredQueue implements EventQueue {
  private readonly records: EventRecords;
  private readonly heap: SlotHeap;
  private readonly wheel: TimingWheel;
  private first: number;
  private last: number;
  private lastOrder: number;
  /** The time of the events in the list; while it is empty, of the event popped last. */
  private instantNs: number;
  /** The heap size at which to spill; doubled after a spill that did not help, so that spilling stays O(1) an event. */
  private spillAt: number;

  constructor(records: EventRecords) {
    this.records = records;
    this.heap = new SlotHeap(records);
    this.wheel = new TimingWheel(records);
    this.first = NONE;
    this.last = NONE;
    this.lastOrder = 0;
    this.instantNs = 0;
    this.spillAt = HEAP_FULL;
  }

  push(slot: number): void {
    const records = this.records;
    if (records.timesNs[slot] === this.instantNs && (this.first < 0 || records.orders[slot]! > this.lastOrder)) {
      this.append(slot);
    } else {
      this.pushLater(slot, records.timesNs[slot]!);
    }
  }

  pop(untilNs: number): number {
    const { heap, records } = this;
    for (;;) {
      let slot = this.first;
      if (slot >= 0 && !this.heapIsFirst(slot)) {
        if (this.instantNs > untilNs) return NONE;
        this.first = records.next[slot]!;
      } else if (heap.size > 0) {
        if (heap.times[0]! > untilNs) return NONE;
        if (slot < 0) this.instantNs = heap.times[0]!;
        slot = heap.pop();
      } else if (this.refill()) {
        continue;
      } else {
        return NONE;
      }
      if (records.kinds[slot]! >= 0) return slot;
      records.releaseCancelled(slot);
    }
  }

  orderAt(timeNs: number): number {
    const { heap, first } = this;
    const listed = first >= 0 && this.instantNs === timeNs ? this.records.orders[first]! : Number.POSITIVE_INFINITY;
    return heap.size > 0 && heap.times[0] === timeNs && heap.orders[0]! < listed ? heap.orders[0]! : listed;
  }

  sweep(): void {
    this.heap.sweep();
    this.wheel.sweep();
    const { next, kinds } = this.records;
    let slot = this.first;
    this.first = NONE;
    while (slot >= 0) {
      const following = next[slot]!;
      if (kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.append(slot);
      slot = following;
    }
  }

  private heapIsFirst(slot: number): boolean {
    const heap = this.heap;
    if (heap.size === 0) return false;
    const timeNs = heap.times[0]!;
    if (timeNs !== this.instantNs) return timeNs < this.instantNs;
    return heap.orders[0]! < this.records.orders[slot]!;
  }

  private append(slot: number): void {
    const { next, orders } = this.records;
    if (this.first < 0) this.first = slot;
    else next[this.last] = slot;
    next[slot] = NONE;
    this.last = slot;
    this.lastOrder = orders[slot]!;
  }

  private pushLater(slot: number, timeNs: number): void {
    if (timeNs >= this.wheel.horizonNs) {
      this.wheel.file(slot, timeNs);
      return;
    }
    this.heap.push(slot);
    if (this.heap.size >= this.spillAt) this.spill();
  }

  /** Brings the next events of the wheel into the empty list, if they are of one time, or else into the empty heap. */
  private refill(): boolean {
    const head = this.wheel.takeBatch();
    if (head < 0) return false;
    const { timesNs, orders, next } = this.records;
    const timeNs = timesNs[head]!;
    let slot = head;
    while (slot >= 0 && timesNs[slot] === timeNs) slot = next[slot]!;
    const together = slot < 0;
    if (together) this.instantNs = timeNs;
    for (slot = head; slot >= 0; ) {
      const following = next[slot]!;
      const order = orders[slot]!;
      if (together && (this.first < 0 || order > this.lastOrder)) this.append(slot);
      else this.heap.push(slot);
      slot = following;
    }
    this.spillAt = Math.max(HEAP_FULL, this.heap.size * 2);
    return true;
  }

  /** Files the far events of a full heap in the wheel: the batch that filled it spans too long a time. */
  private spill(): void {
    const { heap, wheel } = this;
    // What is due in this instant stays, since the list of the instant comes before the wheel.
    const fromNs = Math.max(wheel.originNs, this.instantNs + 1);
    if (fromNs < wheel.horizonNs) {
      wheel.moveTo(fromNs);
      for (const slot of heap.takeAll()) {
        const timeNs = this.records.timesNs[slot]!;
        if (timeNs >= fromNs) wheel.file(slot, timeNs);
        else heap.push(slot);
      }
    }
    this.spillAt = Math.max(HEAP_FULL, heap.size * 2);
  }
}
