import TinyQueue from 'tinyqueue';
import { compareEvents, type EventObject } from './event-object.js';
import type { HoldQueue } from './hold-queue.js';

/** tinyqueue: a binary heap of objects with a comparator. */
export class TinyQueuePeer implements HoldQueue {
  private readonly queue: TinyQueue<EventObject>;
  private order: number;

  constructor() {
    this.queue = new TinyQueue<EventObject>([], compareEvents);
    this.order = 0;
  }

  push(timeNs: number): void {
    this.queue.push({ timeNs, order: this.order++, kind: 0, target: 0 });
  }

  pop(): number {
    return this.queue.pop()!.timeNs;
  }
}
