import { InputError } from '../api/input-error.js';
import { levelsOf, parseRange } from './levels.js';
import type { Setting } from './setting.js';

/** What of an experiment stands in the scenario file. */
export interface ExperimentConfig {
  /** Multiplied with each other. */
  readonly axes: readonly Axis[];
  /** Combinations left out: those that have all the values of one entry. */
  readonly exclude: readonly (readonly Setting[])[];
  /** Runs of each variant; undefined when not said. */
  readonly replications: number | undefined;
  readonly until: StopRule | undefined;
  /** The figures in question, the first one first. */
  readonly figures: readonly Figure[];
}

/** One thing that is varied, or several in step: each level sets all of them. */
export interface Axis {
  readonly paths: readonly string[];
  readonly levels: readonly (readonly Setting[])[];
}

/** No more replications than needed: stop when the interval of a figure is narrow enough. */
export interface StopRule {
  /** Name of the figure; undefined for the first one. */
  readonly figure: string | undefined;
  /** Of the half-width to the mean. */
  readonly share: number;
}

/** A number to look at. */
export interface Figure {
  /** `convergence.seconds`, or a name of its own. */
  readonly name: string;
  /** CEL over `summary.json`. */
  readonly value: string | undefined;
  /** A series of the run instead, whose mean is the figure. */
  readonly series: SeriesName | undefined;
  /** How much of the series is left out at the beginning; -1: MSER-5 says. */
  readonly warmUpNs: number;
  readonly unit: string;
  readonly better: 'less' | 'more';
}

/** Series of a run, one value a bucket of time. */
export const SERIES = ['requests', 'watchEvents', 'watchLag.p50', 'watchLag.p99', 'watchLag.max'] as const;
export type SeriesName = (typeof SERIES)[number];

/** `warmUp: mser-5`. */
export const BY_MSER5 = -1;

/** An axis out of the values of each path: as many of each, in step. Throws InputError. */
export function axisOf(values: Readonly<Record<string, readonly unknown[] | string>>): Axis {
  const entries = Object.entries(values).map(([path, given]) => ({ path, levels: expand(path, given) }));
  const first = entries[0];
  if (first === undefined) throw new InputError('nothing is varied', { remedy: 'write a path and its values' });
  const unlike = entries.find(({ levels }) => levels.length !== first.levels.length);
  if (unlike !== undefined)
    throw new InputError(
      `${first.path} has ${first.levels.length} values and ${unlike.path} has ${unlike.levels.length}`,
      { remedy: 'what goes in step needs as many of each; for every combination write two entries' },
    );
  const levels = first.levels.map((_, index) =>
    entries.map((entry) => ({ path: entry.path, value: entry.levels[index] })),
  );
  const texts = levels.map((level) => level.map(({ path, value }) => `${path}=${JSON.stringify(value)}`).join(', '));
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) throw new InputError(`${twice} is there twice`, { remedy: 'give it once' });
  return { paths: entries.map(({ path }) => path), levels };
}

function expand(path: string, given: readonly unknown[] | string): readonly unknown[] {
  const levels = typeof given === 'string' ? rangeOf(given) : given;
  if (levels.length === 0) throw new InputError(`${path} has no values`, { remedy: 'give at least one' });
  return levels;
}

function rangeOf(text: string): readonly unknown[] {
  const range = parseRange(text);
  if (range === undefined)
    throw new InputError(`${JSON.stringify(text)} is neither a list nor a range`, {
      value: text,
      remedy: 'write [20, 50, 100], 10..100 step 10, 1..1000 times 10 or 20..500 log 5',
    });
  return levelsOf(range);
}

const STOP_RULE = /^relative half-width(?: of ([A-Za-z][\w.[\]"-]*))?\s*<\s*([0-9.]+)\s*%$/;

/** `relative half-width < 2 %`, `relative half-width of pods.createdToRunning.p99 < 5 %`. Throws InputError. */
export function parseStopRule(text: string): StopRule {
  const match = STOP_RULE.exec(text.trim());
  const share = Number(match?.[2]) / 100;
  if (match !== null && share > 0) return { figure: match[1], share };
  throw new InputError(`${JSON.stringify(text)} is no rule to stop by`, {
    value: text,
    remedy: 'write relative half-width < 2 %, or relative half-width of convergence.seconds < 2 %',
  });
}
