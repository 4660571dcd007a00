import type { EventQueue } from './event-queue.js';
import { CANCELLED, type EventRecords, KIND_AND_FLAGS, NONE, WORDS_SHIFT } from './event-records.js';
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
      if (records.words[(slot << WORDS_SHIFT) + KIND_AND_FLAGS] !== CANCELLED) return slot;
      records.releaseCancelled(slot);
    }
    return NONE;
  }

  sweep(): void {
    this.heap.sweep();
  }
}
