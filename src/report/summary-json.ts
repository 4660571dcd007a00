import type { Summary } from '../measure/summary.js';

/** Numbers are kept to the nanosecond: sums of floats must not end in the noise of their order. */
const DECIMALS = 1e9;

/** `summary.json`, keys in the order of the summary, ending in a newline. */
export function summaryJson(summary: Summary): string {
  const round = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * DECIMALS) / DECIMALS : value;
  return `${JSON.stringify(summary, round, 2)}\n`;
}

/** The summary as `summary.json` keeps it: what is made of it now can be made again of the file. */
export function storedSummary(summary: Summary): Summary {
  return JSON.parse(summaryJson(summary)) as Summary;
}
