import { evaluate, parse } from '@marcbachmann/cel-js';
import { nearest } from '../api/did-you-mean.js';
import type { ExpectationResult, Summary } from '../measure/summary.js';
import { within } from './cluster-reader.js';
import { firstLine } from './condition.js';
import type { Expectation } from './config.js';
import type { Path, Source } from './source.js';
import { suggest } from './suggest.js';
import { overTimeName, splitTemporals } from './temporal.js';

/** How each part over time of an expectation failed; undefined where it did not. */
export type OverTime = ReadonlyMap<Expectation, readonly (string | undefined)[]>;

/** Checks the syntax of an expectation; throws InputError at its place. */
export function parseExpectation(expression: string, source: Source, path: Path): Expectation {
  const { rest, temporals } = within(source, path, () => splitTemporals(expression));
  try {
    parse(rest);
  } catch (error) {
    throw source.error(
      path,
      `this is not CEL: ${firstLine(error)}`,
      'write a condition such as convergence.seconds < 60.0',
    );
  }
  const unknown = misspelt(rest);
  if (unknown !== undefined) throw source.error(path, `summary.json has no ${unknown}`, suggest(unknown, FIGURES));
  return { expression, rest, temporals, place: source.place(path) };
}

/** Where figures stand in `summary.json`. */
const FIGURES: readonly string[] = [
  ...['end', 'convergence', 'pods', 'nodes', 'cpu', 'hosts', 'hub', 'etcd', 'objects', 'orders', 'mesh'],
  ...['name', 'seed', 'fingerprint', 'expectations'],
];

/** The first name with something behind it that is nearly one of `summary.json`, but none. */
function misspelt(expression: string): string | undefined {
  const plain = expression.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const names = [...plain.matchAll(/(?<![\w.\])])([A-Za-z_]\w*)\.[A-Za-z_]/g)].map(([, name]) => name!);
  return names.find((name) => !FIGURES.includes(name) && nearest(name, FIGURES) !== undefined);
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
