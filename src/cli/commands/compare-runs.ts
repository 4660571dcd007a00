import { InputError } from '../../api/input-error.js';
import { draw } from '../../report/charts/chart-files.js';
import { comparisonCharts } from '../../report/charts/comparison-charts.js';
import { compareRuns } from '../../report/run-comparison.js';
import { firstDifference } from '../compare/first-difference.js';
import { runComparisonTable } from '../compare/run-table.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { checkReplaceable, writeDirectory } from '../result-directory.js';
import { readResult } from '../result-reader.js';

export interface CompareRunsOptions {
  /** Result directories. */
  readonly runs: readonly string[];
  /** Say at which event the first two part. */
  readonly firstDifference: boolean;
  /** Directory for comparison.json and charts. */
  readonly out?: string | undefined;
  readonly json: boolean;
}

/** `hubsim compare A B…`: runs side by side. */
export async function compareRunsCommand(options: CompareRunsOptions, io: Io): Promise<ExitCode> {
  const { runs } = options;
  if (runs.length < 2) throw new InputError('compare needs two runs or more', { remedy: 'name their directories' });
  if (options.firstDifference && runs.length > 2)
    throw new InputError('--first-difference is about two runs', { remedy: 'name two directories' });
  if (options.out !== undefined) checkReplaceable(options.out);
  const stored = runs.map((directory) => {
    const { run, origin } = readResult(directory, io);
    return { name: directory, run, summary: run.summary, configuration: origin.configuration };
  });
  const comparison = compareRuns(stored);
  const parting = options.firstDifference ? firstDifference(runs[0]!, runs[1]!, io) : undefined;
  const found = options.firstDifference ? { firstDifference: parting ?? null } : {};
  const whole = `${JSON.stringify({ schema: 'hubsim/run-comparison/v1', ...comparison, ...found }, undefined, 2)}\n`;
  if (options.out !== undefined) {
    const charts = comparisonCharts(
      stored.map(({ run }) => run),
      comparison,
    );
    writeDirectory(options.out, [{ path: 'comparison.json', content: [whole] }, ...(await draw(charts))]);
  }
  if (options.json) {
    io.out(whole);
    return EXIT.ok;
  }
  io.out(runComparisonTable(comparison, io.outIsTerminal));
  if (options.firstDifference) io.out(parting === undefined ? 'No event differs.\n' : `${parting.text}\n`);
  if (options.out !== undefined) io.out(`charts: ${options.out}/charts/\n`);
  return EXIT.ok;
}
