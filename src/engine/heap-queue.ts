import type { EventQueue } from './event-queue.js';
import { type EventRecords, NONE } from './event-records.js';
import { SlotHeap } from './slot-heap.js';

/** The plain queue: one heap. Slower than the tiered queue and simple enough to believe, hence the oracle of its tests. */
export class HeapQueue implements EventQueue {
  private readonly records: EventRecords;
  private readonly heap: SlotHeap;

  constructor(records: EventRecords) {
    this.records = records;
    this.heap = new SlotHeap(records);
  }

  push(slot: number): void {
    this.heap.push(slot);
  }

  pop(untilNs: number): number {
    const { heap, records } = this;
    while (heap.size > 0 && heap.times[0]! <= untilNs) {
      const slot = heap.pop();
      if (records.kinds[slot]! >= 0) return slot;
      records.releaseCancelled(slot);
    }
    return NONE;
  }

  orderAt(timeNs: number): number {
    const { heap } = this;
    return heap.size > 0 && heap.times[0] === timeNs ? heap.orders[0]! : Number.POSITIVE_INFINITY;
  }

  sweep(): void {
    this.heap.sweep();
  }
}
