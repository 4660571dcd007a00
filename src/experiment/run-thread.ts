import { Tinypool } from 'tinypool';
import { executeRun } from './execute-run.js';
import type { Bundle, Outcome, RunOrder } from './outcome.js';
import { ScenarioShelf } from './scenario-shelf.js';

const shelf = new ScenarioShelf(Tinypool.workerData as Bundle);

/** What a thread of the pool does with an order. */
export default function runThread(order: RunOrder): Outcome {
  return executeRun(shelf, order);
}
