import type { Audit } from './audit.js';
import type { QueueFactory } from './event-queue.js';
import type { Limits } from './limits.js';
import type { Ties } from './tie-order.js';
import type { Trace } from './trace.js';

export interface EngineOptions {
  /** @default 'fifo' */
  readonly ties?: Ties;
  /** Decides the order of ties when they are seeded. @default 0 */
  readonly seed?: number | string;
  readonly limits?: Partial<Limits>;
  /** Records why every event happened when it did; without one that costs nothing. */
  readonly trace?: Trace | undefined;
  /** Keeps books on the queues of the model; without one that costs nothing. */
  readonly audit?: Audit | undefined;
  /** @default the tiered queue */
  readonly queue?: QueueFactory;
}
