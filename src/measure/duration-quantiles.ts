import type { Histogram } from '../stats/histogram.js';

/** How long one sort of thing took, as quantiles. */
export interface DurationQuantiles {
  readonly name: string;
  readonly count: number;
  /** Seconds at each of {@link QUANTILES}. */
  readonly seconds: readonly number[];
}

/** Shares of all, in percent: every percent, and the tail more closely. */
export const QUANTILES: readonly number[] = [
  ...Array.from({ length: 100 }, (_, percent) => percent),
  ...[99, 99.25, 99.5, 99.75, 99.9, 99.95, 99.99, 100],
];

/** Of nanoseconds; nothing if nothing was recorded. */
export function durationQuantiles(name: string, histogram: Histogram): DurationQuantiles[] {
  const { count } = histogram;
  if (count === 0) return [];
  return [{ name, count, seconds: QUANTILES.map((percent) => histogram.percentile(percent) / 1e9) }];
}
