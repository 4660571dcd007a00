import type { EventQueue, QueueFactory } from '../../../src/engine/event-queue.js';
import { EventRecords, NONE } from '../../../src/engine/event-records.js';
import { TieOrder, type Ties } from '../../../src/engine/tie-order.js';

interface Pending {
  slot: number;
  timeNs: number;
  order: number;
}

/** A queue beside the sorted array that says what it must give out. */
export class QueueBesideArray {
  nowNs: number;
  private readonly records: EventRecords;
  private readonly queue: EventQueue;
  private readonly ties: TieOrder;
  private readonly pending: Pending[];

  constructor(make: QueueFactory, ties: Ties) {
    this.nowNs = 0;
    this.records = new EventRecords(4);
    this.queue = make(this.records);
    this.ties = new TieOrder(ties, 'seed');
    this.pending = [];
  }

  push(delayNs: number, priority: number): void {
    if (this.records.free === NONE) this.records.grow(this.records.capacity * 2);
    const slot = this.records.allocate();
    const timeNs = this.nowNs + delayNs;
    const order = this.ties.next(priority);
    this.records.timesNs[slot] = timeNs;
    this.records.orders[slot] = order;
    this.records.kinds[slot] = 0;
    this.queue.push(slot);
    this.pending.push({ slot, timeNs, order });
    this.pending.sort((one, other) => one.timeNs - other.timeNs || one.order - other.order);
  }

  /** Pops from both; gives the slots, which must be equal, as [of the queue, of the array]. */
  pop(untilNs: number): [number, number] {
    const slot = this.queue.pop(untilNs);
    const expected = this.pending[0];
    if (expected === undefined || expected.timeNs > untilNs) {
      if (untilNs < Number.POSITIVE_INFINITY) this.nowNs = untilNs;
      return [slot, NONE];
    }
    this.pending.shift();
    this.nowNs = expected.timeNs;
    if (slot !== NONE) this.records.release(slot);
    return [slot, expected.slot];
  }

  cancel(index: number): void {
    const [cancelled] = this.pending.splice(index % Math.max(1, this.pending.length), 1);
    if (cancelled !== undefined) this.records.cancel(cancelled.slot);
  }

  sweep(): void {
    this.queue.sweep();
  }

  /** Live events and slots that are still to be given back, as the records count them, and as they must be. */
  get counts(): { live: number; pending: number; cancelled: number } {
    return { live: this.records.live, pending: this.pending.length, cancelled: this.records.cancelled };
  }
}
