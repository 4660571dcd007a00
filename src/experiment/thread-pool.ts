import { Tinypool } from 'tinypool';
import type { Bundle, Outcome, Pool, RunOrder } from './outcome.js';

/** Makes the runs in threads of this process. A thread that dies costs its run alone. */
export function threadPool(bundle: Bundle, threads: number): Pool {
  const pool = new Tinypool({
    filename: new URL('./run-thread.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: bundle,
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
