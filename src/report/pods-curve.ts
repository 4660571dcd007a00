import type { RunResult } from '../measure/run-result.js';
import { readable, trim } from './charts/time-unit.js';
import { countPods } from './pod-counts.js';

const COLUMNS = 40;
const HEIGHTS = '▁▂▃▄▅▆▇█';

/** Running pods over the run as one line of a terminal: `▁▃▅██ up to 1,000 in 49.7 s`; `undefined` if none ever ran. */
export function podsCurve(result: RunResult): string | undefined {
  const lengthNs = result.endNs - result.timeZeroNs;
  if (lengthNs <= 0) return undefined;
  const { serving } = countPods(result, lengthNs / COLUMNS, COLUMNS);
  const most = serving.reduce((top, count) => Math.max(top, count), 0);
  if (most === 0) return undefined;
  const height = (count: number): string => HEIGHTS[Math.ceil((count / most) * (HEIGHTS.length - 1))]!;
  return `${Array.from(serving, height).join('')} up to ${trim(most)} in ${readable(lengthNs / 1e9)}`;
}
