import { parseArgs } from 'node:util';
import { InputError } from '../src/api/input-error.js';
import { allCases, nameOf } from './cases.js';

/** What `npm run bench` is asked for. */
export interface BenchOptions {
  /** Sizes that only show that it works; nothing is kept. */
  readonly smoke: boolean;
  /** Print the record instead of a table. */
  readonly json: boolean;
  /** Say how it was before, on the same kind of machine. */
  readonly compare: boolean;
  /** Part of the names of the cases to measure; '' for all. */
  readonly only: string;
  /** Where records are kept. */
  readonly out: string;
}

const USAGE = 'npm run bench -- [--only TEXT] [--compare] [--smoke] [--json] [--out FILE]';

/** Throws InputError for what it does not know. */
export function readOptions(args: readonly string[]): BenchOptions {
  try {
    return parseArgs({
      args: [...args],
      options: {
        smoke: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        compare: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        out: { type: 'string', default: 'results/bench.ndjson' },
      },
    }).values;
  } catch (error) {
    throw new InputError((error as Error).message, { remedy: `write ${USAGE}` });
  }
}

/** The names of the cases to measure; throws InputError if there are none. */
export function chosenCases({ only, smoke }: BenchOptions): readonly string[] {
  const all = allCases(smoke).map(nameOf);
  const chosen = all.filter((name) => name.includes(only));
  if (chosen.length === 0)
    throw new InputError(`--only ${only}: no case has that in its name`, { remedy: `they are: ${all.join('; ')}` });
  return chosen;
}
