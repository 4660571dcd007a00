import type { EventQueue, QueueFactory } from '../../src/engine/event-queue.js';
import { EventRecords, NONE } from '../../src/engine/event-records.js';
import type { HoldQueue } from '../peers/hold-queue.js';

/** One of the engine's queues with the records it needs. */
export class RecordQueue implements HoldQueue {
  private readonly records: EventRecords;
  private readonly queue: EventQueue;
  private order: number;

  constructor(make: QueueFactory) {
    this.records = new EventRecords();
    this.queue = make(this.records);
    this.order = 0;
  }

  push(timeNs: number): void {
    const records = this.records;
    if (records.free === NONE) records.grow(2 * records.capacity);
    const slot = records.allocate();
    records.timesNs[slot] = timeNs;
    records.orders[slot] = this.order++;
    records.kinds[slot] = 0;
    this.queue.push(slot);
  }

  pop(): number {
    const slot = this.queue.pop(Number.POSITIVE_INFINITY);
    const timeNs = this.records.timesNs[slot]!;
    this.records.release(slot);
    return timeNs;
  }
}
