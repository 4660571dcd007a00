import FlatQueue from 'flatqueue';
import type { HoldQueue } from './hold-queue.js';

/** flatqueue: the fastest queue on npm, by time alone. It gives events of one time in any order, so it is no fair peer. */
export class FlatQueuePeer implements HoldQueue {
  private readonly queue: FlatQueue<number>;
  private order: number;

  constructor() {
    this.queue = new FlatQueue<number>();
    this.order = 0;
  }

  push(timeNs: number): void {
    this.queue.push(this.order++, timeNs);
  }

  pop(): number {
    const timeNs = this.queue.peekValue()!;
    this.queue.pop();
    return timeNs;
  }
}
