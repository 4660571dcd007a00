import { Heap } from 'heap-js';
import { compareEvents, type EventObject } from './event-object.js';
import type { HoldQueue } from './hold-queue.js';

/** heap-js: a binary heap of objects with a comparator. */
export class HeapJsPeer implements HoldQueue {
  private readonly heap: Heap<EventObject>;
  private order: number;

  constructor() {
    this.heap = new Heap<EventObject>(compareEvents);
    this.order = 0;
  }

  push(timeNs: number): void {
    this.heap.push({ timeNs, order: this.order++, kind: 0, target: 0 });
  }

  pop(): number {
    return this.heap.pop()!.timeNs;
  }
}
