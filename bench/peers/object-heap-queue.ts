import type { EventQueue } from '../../src/engine/event-queue.js';
import { CANCELLED, type EventRecords, KIND_AND_FLAGS, NONE, WORDS_SHIFT } from '../../src/engine/event-records.js';
import { ObjectHeap } from './object-heap.js';

/** The engine with every event through a heap of objects: the path that zero-delay events are spared. */
export class ObjectHeapQueue implements EventQueue {
  private readonly records: EventRecords;
  private readonly heap: ObjectHeap;

  constructor(records: EventRecords) {
    this.records = records;
    this.heap = new ObjectHeap();
  }

  push(slot: number): void {
    this.heap.pushEvent({
      timeNs: this.records.timesNs[slot]!,
      order: this.records.orders[slot]!,
      kind: 0,
      target: slot,
    });
  }

  pop(untilNs: number): number {
    for (;;) {
      const first = this.heap.first;
      if (first === undefined || first.timeNs > untilNs) return NONE;
      this.heap.pop();
      if (this.records.words[(first.target << WORDS_SHIFT) + KIND_AND_FLAGS] !== CANCELLED) return first.target;
      this.records.releaseCancelled(first.target);
    }
  }

  /** Nothing to do: this queue drops cancelled events when it comes across them. */
  sweep(): void {}
}
