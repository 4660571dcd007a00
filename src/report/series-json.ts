import type { RunResult } from '../measure/run-result.js';

/** What stands in `series.json`: what reports need and no other file of a result has. Engine times. */
export interface SeriesFile
  extends Pick<RunResult, 'question' | 'timeZeroNs' | 'endNs' | 'marks' | 'nodeStates' | 'series'> {
  /** How long the rows of requests.csv, and those of timeline.csv, are. */
  readonly requestBucketNs: number;
  readonly watchBucketNs: number;
}

/** `series.json`, ending in a newline. */
export function seriesJson(result: RunResult): string {
  const { question, timeZeroNs, endNs, marks, nodeStates, series } = result;
  const buckets = { requestBucketNs: result.requests.bucketNs, watchBucketNs: result.watch.bucketNs };
  const file: SeriesFile = { question, timeZeroNs, endNs, ...buckets, marks, nodeStates, series };
  return `${JSON.stringify({ schema: 'hubsim/series/v2', ...file })}\n`;
}
