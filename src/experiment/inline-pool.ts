import { executeRun } from './execute-run.js';
import type { Bundle, Pool } from './outcome.js';

/** Makes the runs here, one after the other. */
export function inlinePool(bundle: Bundle): Pool {
  return { width: 1, run: async (order) => executeRun(bundle, order), close: async () => {} };
}
