import { evaluate } from '@marcbachmann/cel-js';
import type { ExpectationResult, Summary } from '../measure/summary.js';
import { within } from './cluster-reader.js';
import { firstLine } from './condition.js';
import type { Expectation } from './config.js';
import { SUMMARY_FIGURES, type UnknownFigure } from './known-figures.js';
import { LIVE_FIGURES } from './live-figures.js';
import type { Path, Source } from './source.js';
import { suggest } from './suggest.js';
import { overTimeName, splitTemporals } from './temporal.js';

/** How each part over time of an expectation failed; undefined where it did not. */
export type OverTime = ReadonlyMap<Expectation, readonly (string | undefined)[]>;

const ONLY_LIVE = 'that is known while a run goes on: write it within always(…), eventually(…) or within(60s, …)';

/** Checks the syntax of an expectation, and that there are the figures it asks for; throws InputError at its place. */
export function parseExpectation(expression: string, source: Source, path: Path): Expectation {
  const { rest, temporals } = within(source, path, () => splitTemporals(expression));
  const outcomes = temporals.map((_, index) => overTimeName(index));
  const unknown = unknownFigure(rest, outcomes, source, path);
  if (unknown !== undefined) {
    const name = unknown.keys.join('.');
    const remedy = Object.hasOwn(LIVE_FIGURES, name) ? ONLY_LIVE : suggest(unknown.keys.at(-1)!, unknown.known);
    throw source.error(path, `summary.json has no ${name}`, remedy);
  }
  return { expression, rest, temporals, place: source.place(path) };
}

function unknownFigure(
  expression: string,
  outcomes: readonly string[],
  source: Source,
  path: Path,
): UnknownFigure | undefined {
  try {
    return SUMMARY_FIGURES.unknownIn(expression, outcomes);
  } catch (error) {
    throw source.error(
      path,
      `this is not CEL: ${firstLine(error)}`,
      'write a condition such as convergence.seconds < 60.0',
    );
  }
}

/** Whether the expectations hold for the summary. One that cannot be evaluated, or is not a boolean, fails. */
export function judge(
  expectations: readonly Expectation[],
  summary: Summary,
  overTime: OverTime = new Map(),
): readonly ExpectationResult[] {
  return expectations.map((expectation) => {
    const { expression, rest } = expectation;
    const failures = overTime.get(expectation) ?? [];
    const outcomes = failures.map((failure, index) => [overTimeName(index), failure === undefined]);
    try {
      const value: unknown = evaluate(rest, { ...summary, ...Object.fromEntries(outcomes) });
      const pass = value === true;
      const why = failures.filter((failure) => failure !== undefined).join('; ');
      return { expression, value: pass || why === '' ? plain(value) : why, pass };
    } catch (error) {
      return { expression, value: firstLine(error), pass: false };
    }
  });
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
