import { InputError } from '../../api/input-error.js';
import { compareSweeps, type SweepComparison } from '../../experiment/compare-sweeps.js';
import { DEFAULT_FIGURES } from '../../experiment/default-figures.js';
import { comparisonMarkdown } from '../../report/sweep/comparison-text.js';
import { comparisonTable } from '../compare/comparison-table.js';
import { readRuns } from '../compare/read-runs.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';

export interface CompareOptions {
  /** `runs.ndjson` of a sweep, or its directory. */
  readonly baseline: string;
  readonly candidate: string;
  readonly figures?: string | undefined;
  readonly moreIsBetter?: string | undefined;
  /** In percent. */
  readonly threshold: string;
  readonly markdown: boolean;
  readonly json: boolean;
}

/** `hubsim compare --baseline A --candidate B`: whether a change made anything worse; exit code 1 if it did. */
export async function compare(options: CompareOptions, io: Io): Promise<ExitCode> {
  const threshold = shareOf(options.threshold);
  const [baseline, candidate] = [readRuns(options.baseline, io), readRuns(options.candidate, io)];
  const figures = options.figures === undefined ? DEFAULT_FIGURES : namesOf(options.figures);
  const known = new Set(baseline.flatMap((record) => (record.status === 'done' ? Object.keys(record.figures) : [])));
  const unknown = options.figures === undefined ? undefined : figures.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new InputError(`--figures: no run of ${options.baseline} has ${unknown}`, {
      remedy: 'see the head of runs.csv',
    });
  const moreIsBetter = new Set(namesOf(options.moreIsBetter ?? ''));
  const comparison = compareSweeps(baseline, candidate, { figures, moreIsBetter, threshold });
  if (comparison.figures.length === 0)
    throw new InputError('the two sweeps have no variant in common', { remedy: 'compare sweeps of the same scenario' });
  io.out(textOf(comparison, threshold, options, io));
  return comparison.figures.some(({ regression }) => regression) ? EXIT.expectation : EXIT.ok;
}

function textOf(comparison: SweepComparison, threshold: number, options: CompareOptions, io: Io): string {
  if (options.json) return `${JSON.stringify({ schema: 'hubsim/comparison/v1', ...comparison }, undefined, 2)}\n`;
  if (options.markdown) return comparisonMarkdown(comparison, threshold);
  return comparisonTable(comparison, threshold, io.outIsTerminal);
}

function namesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function shareOf(text: string): number {
  const percent = /^([0-9]+(?:\.[0-9]+)?)\s*%?$/.exec(text.trim());
  if (percent !== null) return Number(percent[1]) / 100;
  throw new InputError(`--threshold ${text} is no percentage`, { value: text, remedy: 'write --threshold 5' });
}
