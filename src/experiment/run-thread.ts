import { Tinypool } from 'tinypool';
import { executeRun } from './execute-run.js';
import type { Outcome } from './outcome.js';
import { ScenarioShelf } from './scenario-shelf.js';
import type { ThreadData, ThreadOrder } from './thread-pool.js';

const { bundle, doing } = Tinypool.workerData as ThreadData;
const shelf = new ScenarioShelf(bundle);

// A thread that ends by itself tells nobody, and its pool would wait for it for ever.
process.exit = (code): never => {
  throw new Error(`a module of the scenario called process.exit(${code ?? ''})`);
};

/** What a thread of the pool does with an order. */
export default function runThread({ order, place }: ThreadOrder): Outcome {
  doing[place] = 1;
  const outcome = executeRun(shelf, order);
  // The word of it may still be lost with the thread, if the next run ends that.
  doing[place] = 0;
  return outcome;
}
