import type { SweepResult } from '../../experiment/sweep-result.js';
import { shortNames, valueText } from '../../experiment/variants.js';
import { csvText } from '../csv.js';
import { csvValue } from './runs-csv.js';

/** `variants.csv`: a row for each figure of each variant, with its interval and how it differs from the first variant. */
export function* variantsCsv({ variants, paths, figures }: SweepResult): Generator<string, void, void> {
  const names = shortNames(paths);
  const measures = [
    'figure',
    'runs',
    'failed',
    'missing',
    'mean',
    'low',
    'high',
    'deviation',
    'p10',
    'p50',
    'p90',
    'difference',
    'differenceLow',
    'differenceHigh',
  ];
  yield ['variant', ...paths.map((path) => csvText(names.get(path)!)), ...measures].join(',');
  for (const { variant, settings, done, failed, figures: results } of variants)
    for (const { name } of figures) {
      const { mean, low, high, deviation, p10, p50, p90, missing, difference } = results[name]!;
      const own = paths.map((path) => csvText(valueText(settings[path])));
      const numbers = [mean, low, high, deviation, p10, p50, p90, difference?.mean, difference?.low, difference?.high];
      yield [
        variant,
        ...own,
        csvText(name),
        done,
        failed,
        missing,
        ...numbers.map((value) => csvValue(finite(value))),
      ].join(',');
    }
}

/** Undefined for what is not known. */
export function finite(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}
