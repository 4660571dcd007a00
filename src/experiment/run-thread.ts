import { Tinypool } from 'tinypool';
import { executeRun } from './execute-run.js';
import type { Bundle, Outcome, RunOrder } from './outcome.js';

/** What a thread of the pool does with an order. */
export default function runThread(order: RunOrder): Outcome {
  return executeRun(Tinypool.workerData as Bundle, order);
}
