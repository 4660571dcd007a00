import { setFlagsFromString } from 'node:v8';
import type { Bundle, Outcome, Pool, RunOrder } from './outcome.js';

/**
 * Every thread compiles anew what it runs; where threads share the cores, only what is really hot is worth that. Later versions of
 * V8 than Node.js 20 has know no such budget, say so on the console, and have Maglev for what is less hot.
 */
const SHARED_CORES_FLAGS = '--always-sparkplug --interrupt-budget=300000';
const HAS_BUDGET: boolean = process.versions.v8.startsWith('11.');

/** A thread has its next order at hand when a run ends: asking for one takes a tenth of a small run on busy cores. */
const ORDERS_PER_THREAD = 2;
/** An order that no thread lives long enough to answer is given up. */
const TRIES_MAX = 10;

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly bundle: Bundle;
  /** Shared memory, a place for each order: 1 as long as a thread is at it. */
  readonly doing: Uint8Array;
}

/** An order for a thread, and where that says that it is at it. */
export interface ThreadOrder {
  readonly order: RunOrder;
  readonly place: number;
}

/** Makes the runs in threads of this process. A thread that dies costs the run that it was at alone. */
export async function threadPool(bundle: Bundle, threads: number): Promise<Pool> {
  // The package is a module, and what hubsim is bundled into is none: that can only import it as it runs.
  const { Tinypool } = await import('tinypool');
  if (threads > 1 && HAS_BUDGET) setFlagsFromString(SHARED_CORES_FLAGS);
  const width = threads * ORDERS_PER_THREAD;
  const doing = new Uint8Array(new SharedArrayBuffer(width));
  const data: ThreadData = { bundle, doing };
  const pool = new Tinypool({
    filename: new URL('./run-thread.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: ORDERS_PER_THREAD,
    workerData: data,
    // A run of a small scenario leaves nothing behind, so it should be gone before the young generation is collected.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  const attempt = async (order: ThreadOrder): Promise<Outcome> => (await pool.run(order)) as Outcome;
  return { width, run: inPlaces(doing, attempt), close: () => pool.destroy() };
}

/** Makes runs in their places, at most as many at once as there are; one that went with a thread that was at another is made anew. */
export function inPlaces(doing: Uint8Array, attempt: (order: ThreadOrder) => Promise<Outcome>): Pool['run'] {
  const free = Array.from(doing, (_, place) => place);
  return async (order) => {
    const place = free.pop()!;
    try {
      for (let tries = 1; ; tries++) {
        doing[place] = 0;
        try {
          return await attempt({ order, place });
        } catch (error) {
          if (doing[place] === 1 || tries === TRIES_MAX) return lost(error as Error);
        }
      }
    } finally {
      free.push(place);
    }
  };
}

function lost({ message }: Error): Outcome {
  return { status: 'failed', reason: 'lost', message: `its worker ended: ${message}` };
}
