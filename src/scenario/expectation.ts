import { evaluate, parse } from '@marcbachmann/cel-js';
import type { ExpectationResult, Summary } from '../measure/summary.js';
import type { Expectation } from './config.js';
import type { Path, Source } from './source.js';

/** Checks the syntax of an expectation; throws InputError at its place. */
export function parseExpectation(expression: string, source: Source, path: Path): Expectation {
  try {
    parse(expression);
  } catch (error) {
    throw source.error(
      path,
      `this is not CEL: ${firstLine(error)}`,
      'write a condition such as convergence.seconds < 60.0',
    );
  }
  return { expression, place: source.place(path) };
}

/** Whether the expectations hold for the summary. One that cannot be evaluated, or is not a boolean, fails. */
export function judge(expectations: readonly Expectation[], summary: Summary): readonly ExpectationResult[] {
  return expectations.map(({ expression }) => {
    try {
      const value: unknown = evaluate(expression, { ...summary });
      return { expression, value: typeof value === 'bigint' ? Number(value) : value, pass: value === true };
    } catch (error) {
      return { expression, value: firstLine(error), pass: false };
    }
  });
}

/** The messages of the CEL parser go on with a drawing of the expression. */
function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0]!;
}
