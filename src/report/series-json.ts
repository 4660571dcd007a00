import type { RunResult } from '../measure/run-result.js';

/** What stands in `series.json`: what reports need and no other file of a result has. Engine times. */
export type SeriesFile = Pick<RunResult, 'question' | 'timeZeroNs' | 'endNs' | 'marks' | 'nodeStates' | 'series'>;

/** `series.json`, ending in a newline. */
export function seriesJson({ question, timeZeroNs, endNs, marks, nodeStates, series }: RunResult): string {
  const file: SeriesFile = { question, timeZeroNs, endNs, marks, nodeStates, series };
  return `${JSON.stringify({ schema: 'hubsim/series/v1', ...file })}\n`;
}
