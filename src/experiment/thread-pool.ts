import { setFlagsFromString } from 'node:v8';
import { Tinypool } from 'tinypool';
import type { Bundle, Outcome, Pool } from './outcome.js';

/** Every thread compiles anew what it runs; where threads share the cores, only what is really hot is worth that. */
const SHARED_CORES_FLAGS = '--always-sparkplug --interrupt-budget=300000';

/** A thread has its next order at hand when a run ends: asking for one takes a tenth of a small run on busy cores. */
const ORDERS_PER_THREAD = 2;

/** Makes the runs in threads of this process. A thread that dies costs the run that it was at alone. */
export function threadPool(bundle: Bundle, threads: number): Pool {
  if (threads > 1) setFlagsFromString(SHARED_CORES_FLAGS);
  const pool = new Tinypool({
    filename: new URL('./run-thread.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: ORDERS_PER_THREAD,
    workerData: bundle,
    // A run of a small scenario leaves nothing behind, so it should be gone before the young generation is collected.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  const run = withSecondTry(async (order) => (await pool.run(order)) as Outcome);
  return { width: threads * ORDERS_PER_THREAD, run, close: () => pool.destroy() };
}

/**
 * Two orders are lost with a thread, and one of them is to blame: both are tried again, one after the other, so that
 * no two of them meet in a thread, and what ends a thread twice is given up.
 */
export function withSecondTry(attempt: Pool['run']): Pool['run'] {
  let tried: Promise<unknown> = Promise.resolve();
  return async (order) => {
    try {
      return await attempt(order);
    } catch {
      const second = tried.then(() => attempt(order)).catch(lost);
      tried = second;
      return second;
    }
  };
}

function lost(error: Error): Outcome {
  return { status: 'failed', reason: 'lost', message: `its worker ended: ${error.message}` };
}
