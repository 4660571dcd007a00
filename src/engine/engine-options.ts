import type { QueueFactory } from './event-queue.js';
import type { Limits } from './limits.js';
import type { Recorder } from './recorder.js';
import type { Ties } from './tie-order.js';

export interface EngineOptions {
  /** @default 'fifo' */
  readonly ties?: Ties;
  /** Decides the order of ties when they are seeded. @default 0 */
  readonly seed?: number | string;
  readonly limits?: Partial<Limits>;
  readonly recorder?: Recorder | undefined;
  /** @default the tiered queue */
  readonly queue?: QueueFactory;
}
