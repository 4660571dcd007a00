import { executeRun } from './execute-run.js';
import type { Outcome } from './outcome.js';
import { ScenarioShelf } from './scenario-shelf.js';
import type { ThreadData, ThreadOrder } from './thread-pool.js';

/** What a thread keeps from one order to the next. */
interface Thread {
  readonly shelf: ScenarioShelf;
  readonly doing: Uint8Array;
}

let begun: Promise<Thread> | undefined;

/** What a thread of the pool does with an order. */
export default async function runThread({ order, place }: ThreadOrder): Promise<Outcome> {
  begun ??= begin();
  const { shelf, doing } = await begun;
  doing[place] = 1;
  const outcome = executeRun(shelf, order);
  // The word of it may still be lost with the thread, if the next run ends that.
  doing[place] = 0;
  return outcome;
}

async function begin(): Promise<Thread> {
  // A thread that ends by itself tells nobody, and its pool would wait for it for ever.
  process.exit = (code): never => {
    throw new Error(`a module of the scenario called process.exit(${code ?? ''})`);
  };
  const { Tinypool } = await import('tinypool');
  const { bundle, doing } = Tinypool.workerData as ThreadData;
  return { shelf: new ScenarioShelf(bundle), doing };
}
