import type { EventRecords } from './event-records.js';

/**
 * The events that are still to come, by slot. The queue orders by `timesNs` and `orders` of the records: smaller
 * time first, then smaller order, which is unique. It owns `next` of the slots it holds.
 * A time is never before the time of the event popped last.
 */
export interface EventQueue {
  push(slot: number): void;
  /** Takes out the first live event not later than `untilNs`, or gives NONE. Cancelled events on the way are released. */
  pop(untilNs: number): number;
  /** The order of the first event if its time is `timeNs`, else Infinity. Cancelled events count. */
  orderAt(timeNs: number): number;
  /** Drops and releases every cancelled event. */
  sweep(): void;
}

/** Makes the queue of an engine over the engine's records. */
export type QueueFactory = (records: EventRecords) => EventQueue;
