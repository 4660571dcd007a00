import type { Histogram } from '../stats/histogram.js';

/** A histogram as Prometheus has it. */
export interface BucketCounts {
  readonly count: number;
  /** Of all values, in the unit of the bounds. */
  readonly sum: number;
  /** Values up to each bound, smaller bounds included. */
  readonly upTo: readonly number[];
}

/** Counts values up to each bound; `unit` is one of the bounds' units in that of the values, within 0.4 %. */
export function bucketCounts(histogram: Histogram, bounds: readonly number[], unit = 1e9): BucketCounts {
  const { count, sum } = histogram;
  return { count, sum: sum / unit, upTo: bounds.map((bound) => histogram.countUpTo(bound * unit)) };
}

/** Bounds that grow by a factor (prometheus.ExponentialBuckets). */
export function exponentialBounds(first: number, factor: number, count: number): number[] {
  const bounds = [first];
  while (bounds.length < count) bounds.push(Number((bounds.at(-1)! * factor).toPrecision(12)));
  return bounds;
}
