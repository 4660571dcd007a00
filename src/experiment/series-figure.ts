import type { RunResult } from '../measure/run-result.js';
import { BY_MSER5, type SeriesName } from '../scenario/experiment.js';
import { batchEstimate } from '../stats/batch-estimate.js';
import { mser5 } from '../stats/warm-up.js';

/** The mean of a series after its warm-up; `mean` is NaN when nothing is left. */
export function seriesFigure(
  result: RunResult,
  name: SeriesName,
  warmUpNs: number,
): { readonly mean: number; readonly halfWidth: number } {
  const { values, bucketNs } = seriesOf(result, name);
  const skipped = warmUpNs === BY_MSER5 ? mser5(values) : Math.ceil(warmUpNs / bucketNs);
  const steady = values.slice(skipped);
  return {
    mean: steady.reduce((sum, value) => sum + value, 0) / steady.length,
    halfWidth: batchEstimate(steady).halfWidth,
  };
}

/** Rates a second, and lags in seconds of the buckets that had any. */
function seriesOf(
  { requests, watch, timeZeroNs, endNs }: RunResult,
  name: SeriesName,
): { values: number[]; bucketNs: number } {
  const lengthNs = endNs - timeZeroNs;
  if (name === 'requests') {
    const { bucketNs } = requests;
    const counts = new Array<number>(Math.floor(lengthNs / bucketNs)).fill(0);
    for (const [row, bucket] of requests.bucket.entries())
      if (bucket < counts.length) counts[bucket]! += requests.count[row]!;
    return { values: counts.map((count) => (count * 1e9) / bucketNs), bucketNs };
  }
  const { bucketNs } = watch;
  if (name === 'watchEvents') return { values: watch.events.map((count) => (count * 1e9) / bucketNs), bucketNs };
  const lags = { 'watchLag.p50': watch.lagP50, 'watchLag.p99': watch.lagP99, 'watchLag.max': watch.lagMax }[name];
  return { values: lags.filter((_, bucket) => watch.events[bucket]! > 0), bucketNs };
}
