import { Tinypool } from 'tinypool';
import { executeRun } from './execute-run.js';
import type { Bundle, Outcome, RunOrder } from './outcome.js';
import { ScenarioShelf } from './scenario-shelf.js';

const shelf = new ScenarioShelf(Tinypool.workerData as Bundle);

// A thread that ends by itself tells nobody, and its pool would wait for it for ever.
process.exit = (code): never => {
  throw new Error(`a module of the scenario called process.exit(${code ?? ''})`);
};

/** What a thread of the pool does with an order. */
export default function runThread(order: RunOrder): Outcome {
  return executeRun(shelf, order);
}
