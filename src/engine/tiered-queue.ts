import type { EventQueue } from './event-queue.js';
import { type EventRecords, NONE } from './event-records.js';
import { NearEvents } from './near-events.js';
import { SlotHeap } from './slot-heap.js';
import { TimingWheel } from './timing-wheel.js';

/** Heap size at which what is far off goes back to the wheel. */
const HEAP_FULL = 256;

/**
 * The queue of every run, in three tiers. Most events of a control plane are zero-delay (work queues, watch fan-out)
 * or far off (leases, timeouts), hence: a wheel for what is far off, O(1); a sorted list for what it hands over and for
 * what comes in near its end, few events at a time, O(1) to take from; a heap for the rest, O(log of few).
 *
 * `pop` takes the smaller of the heads of list and heap. So the total order holds whatever the priorities and ties.
 */
export class TieredQueue implements EventQueue {
  private readonly records: EventRecords;
  private readonly heap: SlotHeap;
  private readonly wheel: TimingWheel;
  private readonly near: NearEvents;
  /** The heap size at which to spill; doubled after a spill that did not help, so that spilling stays O(1) an event. */
  private spillAt: number;

  constructor(records: EventRecords) {
    this.records = records;
    this.heap = new SlotHeap(records);
    this.wheel = new TimingWheel(records);
    this.near = new NearEvents(records);
    this.spillAt = HEAP_FULL;
  }

  push(slot: number): void {
    const timeNs = this.records.timesNs[slot]!;
    if (timeNs >= this.wheel.horizonNs) this.wheel.file(slot, timeNs);
    else this.pushNear(slot, timeNs);
  }

  pop(untilNs: number): number {
    const { heap, near, records } = this;
    for (;;) {
      const head = near.head;
      let slot: number;
      if (head !== near.tail && (heap.size === 0 || this.nearIsFirst())) {
        if (records.timesNs[near.slots[head]!]! > untilNs) return NONE;
        near.head = head + 1;
        slot = near.slots[head]!;
      } else if (heap.size > 0) {
        if (heap.times[0]! > untilNs) return NONE;
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
    const { heap, near, records } = this;
    const listed = near.firstNs === timeNs ? records.orders[near.slots[near.head]!]! : Number.POSITIVE_INFINITY;
    return heap.size > 0 && heap.times[0] === timeNs && heap.orders[0]! < listed ? heap.orders[0]! : listed;
  }

  sweep(): void {
    this.heap.sweep();
    this.wheel.sweep();
    this.near.sweep();
  }

  private nearIsFirst(): boolean {
    const { heap, near, records } = this;
    const timeNs = near.firstNs;
    const heapNs = heap.times[0]!;
    return timeNs < heapNs || (timeNs === heapNs && records.orders[near.slots[near.head]!]! < heap.orders[0]!);
  }

  private pushNear(slot: number, timeNs: number): void {
    if (this.near.insert(slot, timeNs)) return;
    this.heap.push(slot);
    if (this.heap.size >= this.spillAt) this.spill();
  }

  /** Brings the next events of the wheel into the list, which is empty, as the heap is. False if there are none. */
  private refill(): boolean {
    const { near, wheel } = this;
    near.clear();
    // What is too much for the list is all of one nanosecond, and in order or turned round, but for priorities and what was
    // filed again.
    const crowd = wheel.takeNext(near);
    if (crowd >= 0) this.addCrowd(crowd);
    this.spillAt = Math.max(HEAP_FULL, this.heap.size * 2);
    return near.tail > 0;
  }

  private addCrowd(first: number): void {
    const { next, orders } = this.records;
    let last = Number.NEGATIVE_INFINITY;
    for (let slot = this.fromOldest(first); slot >= 0; slot = next[slot]!) {
      if (orders[slot]! > last) {
        this.near.append(slot);
        last = orders[slot]!;
      } else {
        this.heap.push(slot);
      }
    }
  }

  /** Turns a list round if it begins with what came last, as it does unless the wheel has filed it an even number of times. */
  private fromOldest(first: number): number {
    const { next, orders } = this.records;
    let slot = next[first]!;
    if (orders[first]! < orders[slot]!) return first;
    let before = first;
    next[first] = NONE;
    while (slot >= 0) {
      const after = next[slot]!;
      next[slot] = before;
      before = slot;
      slot = after;
    }
    return before;
  }

  /** Files the far events of a full heap in the wheel, and the list's with them: they span too long a time. */
  private spill(): void {
    const { heap, near, wheel } = this;
    const nearNs = Math.min(heap.times[0]!, near.firstNs);
    // What comes first stays, so that the wheel begins behind it.
    const fromNs = Math.max(wheel.originNs, nearNs + 1);
    if (fromNs < wheel.horizonNs) {
      wheel.moveTo(fromNs);
      for (const slot of heap.takeAll()) this.push(slot);
      for (const slot of near.takeAll()) this.push(slot);
    }
    this.spillAt = Math.max(HEAP_FULL, heap.size * 2);
  }
}
