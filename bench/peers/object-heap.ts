import type { EventObject } from './event-object.js';
import type { HoldQueue } from './hold-queue.js';

/** The usual queue: a binary heap of event objects, its comparison written into it. */
export class ObjectHeap implements HoldQueue {
  private readonly heap: EventObject[];
  private order: number;

  constructor() {
    this.heap = [];
    this.order = 0;
  }

  push(timeNs: number): void {
    this.pushEvent({ timeNs, order: this.order++, kind: 0, target: 0 });
  }

  pushEvent(event: EventObject): void {
    const heap = this.heap;
    let hole = heap.length;
    heap.push(event);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[hole] = heap[parent]!;
      hole = parent;
    }
    heap[hole] = event;
  }

  pop(): number {
    return this.popEvent().timeNs;
  }

  popEvent(): EventObject {
    const heap = this.heap;
    const first = heap[0]!;
    const event = heap.pop()!;
    const size = heap.length;
    if (size === 0) return first;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, event)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = event;
    return first;
  }
}

function isBefore(one: EventObject, other: EventObject): boolean {
  return one.timeNs < other.timeNs || (one.timeNs === other.timeNs && one.order < other.order);
}
