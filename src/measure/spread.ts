import type { Histogram } from '../stats/histogram.js';
import { percentilesOfSorted } from '../stats/percentiles.js';
import type { SignedHistogram } from '../stats/signed-histogram.js';
import type { Spread, SpreadAndMean } from './summary.js';

const NOTHING: Spread = { p50: null, p90: null, p99: null, max: null };

/** Percentiles of durations in seconds, which ascend. */
export function exactSpread(sorted: Float64Array): Spread {
  if (sorted.length === 0) return NOTHING;
  const [p50, p90, p99, max] = percentilesOfSorted(sorted, [50, 90, 99, 100]);
  return { p50: p50!, p90: p90!, p99: p99!, max: max! };
}

/** Percentiles of a histogram of nanoseconds, in seconds. */
export function spread(histogram: Histogram | SignedHistogram): Spread {
  if (histogram.count === 0) return NOTHING;
  return {
    p50: histogram.percentile(50) / 1e9,
    p90: histogram.percentile(90) / 1e9,
    p99: histogram.percentile(99) / 1e9,
    max: histogram.max / 1e9,
  };
}

/** The same with the mean. */
export function spreadAndMean(histogram: Histogram): SpreadAndMean {
  return { ...spread(histogram), mean: histogram.count === 0 ? null : histogram.mean / 1e9 };
}
