import { InputError } from '../../api/input-error.js';
import { compareRuns } from '../../report/run-comparison.js';
import { firstDifference } from '../compare/first-difference.js';
import { runComparisonTable } from '../compare/run-table.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { readResult } from '../result-reader.js';

export interface CompareRunsOptions {
  /** Result directories. */
  readonly runs: readonly string[];
  /** Say at which event the first two part. */
  readonly firstDifference: boolean;
  readonly json: boolean;
}

/** `hubsim compare A B…`: runs side by side. */
export async function compareRunsCommand(options: CompareRunsOptions, io: Io): Promise<ExitCode> {
  const { runs } = options;
  if (runs.length < 2) throw new InputError('compare needs two runs or more', { remedy: 'name their directories' });
  if (options.firstDifference && runs.length > 2)
    throw new InputError('--first-difference is about two runs', { remedy: 'name two directories' });
  const stored = runs.map((directory) => {
    const { run, origin } = readResult(directory, io);
    return { name: directory, summary: run.summary, configuration: origin.configuration };
  });
  const comparison = compareRuns(stored);
  const parting = options.firstDifference ? firstDifference(runs[0]!, runs[1]!, io) : undefined;
  if (options.json) {
    const found = options.firstDifference ? { firstDifference: parting ?? null } : {};
    io.out(`${JSON.stringify({ schema: 'hubsim/run-comparison/v1', ...comparison, ...found }, undefined, 2)}\n`);
    return EXIT.ok;
  }
  io.out(runComparisonTable(comparison, io.outIsTerminal));
  if (options.firstDifference) io.out(parting === undefined ? 'No event differs.\n' : `${parting.text}\n`);
  return EXIT.ok;
}
