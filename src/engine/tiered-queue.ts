import type { EventQueue } from './event-queue.js';
import { type EventRecords, NONE } from './event-records.js';
import { SlotHeap } from './slot-heap.js';
import { SortedBatch } from './sorted-batch.js';
import { TimingWheel } from './timing-wheel.js';

/** No more events than this are sorted by insertion: that is cheaper than another level of the wheel. */
const BATCH = 24;
/** Heap size at which what is far off goes back to the wheel. */
const HEAP_FULL = 256;

/**
 * The queue of every run, in three tiers. Most events of a control plane are zero-delay (work queues, watch fan-out)
 * or far off (leases, timeouts), hence: a wheel for what is far off, O(1); a sorted list for what it hands over, few
 * events at a time, O(1) to take from; a heap for what comes in between, O(log of few).
 *
 * The list holds events in ascending order: an event that is due before its last goes into the heap, and `pop` takes the
 * smaller head of the two. So the total order holds whatever the priorities and ties.
 */
export class TieredQueue implements EventQueue {
  private readonly records: EventRecords;
  private readonly heap: SlotHeap;
  private readonly wheel: TimingWheel;
  private first: number;
  private last: number;
  /** The key of the last event in the list; while it is empty, anything may follow. */
  private lastTimeNs: number;
  private lastOrder: number;
  /** The heap size at which to spill; doubled after a spill that did not help, so that spilling stays O(1) an event. */
  private spillAt: number;
  private readonly batch: SortedBatch;

  constructor(records: EventRecords) {
    this.records = records;
    this.heap = new SlotHeap(records);
    this.wheel = new TimingWheel(records);
    this.first = NONE;
    this.last = NONE;
    this.lastTimeNs = 0;
    this.lastOrder = 0;
    this.spillAt = HEAP_FULL;
    this.batch = new SortedBatch(BATCH);
  }

  push(slot: number): void {
    if (this.records.timesNs[slot]! >= this.wheel.horizonNs) this.wheel.file(slot);
    else this.pushNear(slot);
  }

  pop(untilNs: number): number {
    const { heap, records } = this;
    for (;;) {
      let slot = this.first;
      if (slot >= 0 && (heap.size === 0 || this.listIsFirst(slot))) {
        if (records.timesNs[slot]! > untilNs) return NONE;
        this.first = records.next[slot]!;
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
    const { heap, first, records } = this;
    const listed = first >= 0 && records.timesNs[first] === timeNs ? records.orders[first]! : Number.POSITIVE_INFINITY;
    return heap.size > 0 && heap.times[0] === timeNs && heap.orders[0]! < listed ? heap.orders[0]! : listed;
  }

  sweep(): void {
    this.heap.sweep();
    this.wheel.sweep();
    const { next, kinds } = this.records;
    let slot = this.takeList();
    while (slot >= 0) {
      const following = next[slot]!;
      if (kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.append(slot);
      slot = following;
    }
  }

  private listIsFirst(slot: number): boolean {
    const { heap, records } = this;
    const timeNs = records.timesNs[slot]!;
    const heapNs = heap.times[0]!;
    return timeNs < heapNs || (timeNs === heapNs && records.orders[slot]! < heap.orders[0]!);
  }

  private append(slot: number): void {
    const { next, orders, timesNs } = this.records;
    if (this.first < 0) this.first = slot;
    else next[this.last] = slot;
    next[slot] = NONE;
    this.last = slot;
    this.lastTimeNs = timesNs[slot]!;
    this.lastOrder = orders[slot]!;
  }

  private pushNear(slot: number): void {
    if (this.first < 0 || this.isBehind(slot)) {
      this.append(slot);
      return;
    }
    this.heap.push(slot);
    if (this.heap.size >= this.spillAt) this.spill();
  }

  private isBehind(slot: number): boolean {
    const timeNs = this.records.timesNs[slot]!;
    return timeNs > this.lastTimeNs || (timeNs === this.lastTimeNs && this.records.orders[slot]! > this.lastOrder);
  }

  /** Brings the next events of the wheel into the list, which is empty, as the heap is. */
  private refill(): boolean {
    const { batch, records } = this;
    const head = this.wheel.takeBatch(batch);
    if (head < 0) return false;
    const { next, orders, timesNs } = records;
    if (batch.last >= 0) {
      this.first = batch.first;
      this.last = batch.last;
      this.lastTimeNs = timesNs[batch.last]!;
      this.lastOrder = orders[batch.last]!;
    } else {
      // All of one nanosecond, and in order but for priorities and what was filed again.
      for (let slot = head; slot >= 0; ) {
        const following = next[slot]!;
        if (this.first < 0 || orders[slot]! > this.lastOrder) this.append(slot);
        else this.heap.push(slot);
        slot = following;
      }
    }
    this.spillAt = Math.max(HEAP_FULL, this.heap.size * 2);
    return true;
  }

  /** Files the far events of a full heap in the wheel, and the list's with them: the batch spans too long a time. */
  private spill(): void {
    const { heap, wheel, records } = this;
    const nearNs = Math.min(heap.times[0]!, this.first < 0 ? Number.POSITIVE_INFINITY : records.timesNs[this.first]!);
    // What comes first stays, so that the wheel begins behind it.
    const fromNs = Math.max(wheel.originNs, nearNs + 1);
    if (fromNs < wheel.horizonNs) {
      wheel.moveTo(fromNs);
      for (const slot of heap.takeAll()) this.push(slot);
      for (let slot = this.takeList(); slot >= 0; ) {
        const following = records.next[slot]!;
        this.push(slot);
        slot = following;
      }
    }
    this.spillAt = Math.max(HEAP_FULL, heap.size * 2);
  }

  private takeList(): number {
    const head = this.first;
    this.first = NONE;
    return head;
  }
}
