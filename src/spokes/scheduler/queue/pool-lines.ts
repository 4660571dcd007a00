import type { WaitingLine } from '../../../client/process.js';
import type { SchedulingQueue } from './scheduling-queue.js';

/** The pools of a queue as whoever measures may look at them, under the name of the scheduler. */
export function poolLines(name: string, queue: SchedulingQueue): readonly WaitingLine[] {
  return (['active', 'backoff', 'unschedulable'] as const).map((pool) => ({
    name: `${name} ${pool}`,
    get length() {
      return queue.sizeOf(pool);
    },
  }));
}
