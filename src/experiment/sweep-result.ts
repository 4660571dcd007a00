import type { Axis, Figure } from '../scenario/experiment.js';
import { type Difference, pairedDifference } from '../stats/difference.js';
import { type Estimate, estimate } from '../stats/estimate.js';
import { percentiles } from '../stats/percentiles.js';
import type { RunRecord } from './run-record.js';
import type { Sweep } from './sweep.js';

/** What a sweep came to: everything that is written, drawn and said about it. */
export interface SweepResult {
  readonly name: string;
  readonly question: string;
  readonly axes: readonly Axis[];
  /** Of all axes. */
  readonly paths: readonly string[];
  readonly figures: readonly Figure[];
  readonly variants: readonly VariantResult[];
  /** In order. */
  readonly records: readonly RunRecord[];
}

/** What the runs of one variant came to. */
export interface VariantResult {
  /** From 1. */
  readonly variant: number;
  readonly label: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly done: number;
  readonly failed: number;
  /** Why the first failed run did. */
  readonly failure: string | undefined;
  /** Runs in which every expectation held. */
  readonly passed: number;
  /** By name of the figure. */
  readonly figures: Readonly<Record<string, FigureResult>>;
}

export interface FigureResult extends Estimate {
  /** One per run that has the figure, in order of replication. */
  readonly values: readonly number[];
  /** Percentiles of the runs by nearest rank; NaN where there are none. */
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** Runs that ended without it: it never converged, nothing was measured. */
  readonly missing: number;
  /** To the same runs of the first variant; undefined for the first itself, and where they share fewer than two. */
  readonly difference: Difference | undefined;
}

/** Sums up the runs of a sweep. */
export function sweepResult(sweep: Sweep, records: readonly RunRecord[]): SweepResult {
  const byVariant = sweep.variants.map((): RunRecord[] => []);
  for (const record of records) byVariant[record.variant - 1]!.push(record);
  const variants = sweep.variants.map((variant, index): VariantResult => {
    const own = byVariant[index]!;
    const failed = own.filter((record) => record.status === 'failed');
    return {
      variant: index + 1,
      label: variant.label,
      settings: Object.fromEntries(variant.settings.map(({ path, value }) => [path, value])),
      done: own.length - failed.length,
      failed: failed.length,
      failure: failed[0]?.message,
      passed: own.filter((record) => record.status === 'done' && record.pass).length,
      figures: Object.fromEntries(
        sweep.figures.map(({ name }) => [name, figureResult(name, own, index === 0 ? undefined : byVariant[0]!)]),
      ),
    };
  });
  const { name, question, axes, figures } = sweep;
  return { name, question, axes, paths: axes.flatMap(({ paths }) => paths), figures, variants, records };
}

function figureResult(name: string, own: readonly RunRecord[], first: readonly RunRecord[] | undefined): FigureResult {
  const measured = own.filter((record) => figureOf(record, name) !== undefined);
  const values = measured.map((record) => figureOf(record, name)!);
  const done = own.filter(({ status }) => status === 'done').length;
  const difference = first === undefined ? undefined : differenceOf(name, first, own);
  const [p10, p50, p90] = percentiles(values, [10, 50, 90]);
  const ranks = { p10: p10!, p50: p50!, p90: p90! };
  return {
    ...withBatches(estimate(values), name, measured),
    ...ranks,
    values,
    missing: done - values.length,
    difference,
  };
}

/** One run says how sure it is of the mean of a series by batch means. */
function withBatches(plain: Estimate, name: string, measured: readonly RunRecord[]): Estimate {
  const [only] = measured;
  const halfWidth = only?.status === 'done' && measured.length === 1 ? only.halfWidths[name] : undefined;
  if (halfWidth === undefined) return plain;
  return { ...plain, halfWidth, low: plain.mean - halfWidth, high: plain.mean + halfWidth };
}

/** How variant `b` differs from variant `a` (numbers from 1) in a figure, run by run; undefined if they share fewer than two. */
export function differenceBetween(
  { records }: SweepResult,
  a: number,
  b: number,
  name: string,
): Difference | undefined {
  const of = (variant: number): RunRecord[] => records.filter((record) => record.variant === variant);
  return differenceOf(name, of(a), of(b));
}

function differenceOf(name: string, first: readonly RunRecord[], all: readonly RunRecord[]): Difference | undefined {
  const own = all.filter((record) => figureOf(record, name) !== undefined);
  const bySeed = new Map(first.map((record) => [record.seed, figureOf(record, name)]));
  const pairs = own.map((record) => [bySeed.get(record.seed), figureOf(record, name)!] as const);
  const whole = pairs.filter((pair): pair is readonly [number, number] => pair[0] !== undefined);
  if (whole.length < 2) return undefined;
  return pairedDifference(
    whole.map(([base]) => base),
    whole.map(([, value]) => value),
  );
}

/** The figure of a run, undefined where it has none. */
export function figureOf(record: RunRecord, name: string): number | undefined {
  return record.status === 'done' ? (record.figures[name] ?? undefined) : undefined;
}
