import { setFlagsFromString } from 'node:v8';
import { Tinypool } from 'tinypool';
import type { Bundle, Outcome, Pool, RunOrder } from './outcome.js';

/** Every thread compiles anew what it runs; where threads share the cores, only what is really hot is worth that. */
const SHARED_CORES_FLAGS = '--always-sparkplug --interrupt-budget=300000';

/** Makes the runs in threads of this process. A thread that dies costs its run alone. */
export function threadPool(bundle: Bundle, threads: number): Pool {
  if (threads > 1) setFlagsFromString(SHARED_CORES_FLAGS);
  const pool = new Tinypool({
    filename: new URL('./run-thread.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: bundle,
    // A run of a small scenario leaves nothing behind, so it should be gone before the young generation is collected.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  const run = async (order: RunOrder): Promise<Outcome> => {
    try {
      return (await pool.run(order)) as Outcome;
    } catch (error) {
      return { status: 'failed', reason: 'lost', message: `its worker ended: ${(error as Error).message}` };
    }
  };
  return { width: threads, run, close: () => pool.destroy() };
}
