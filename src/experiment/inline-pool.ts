import { executeRun } from './execute-run.js';
import type { Bundle, Pool } from './outcome.js';
import { ScenarioShelf } from './scenario-shelf.js';

/** Makes the runs here, one after the other. */
export function inlinePool(bundle: Bundle): Pool {
  const shelf = new ScenarioShelf(bundle);
  return { width: 1, run: async (order) => executeRun(shelf, order), close: async () => {} };
}
