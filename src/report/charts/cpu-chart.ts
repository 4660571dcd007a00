import type { NamedSeries, RunResult } from '../../measure/run-result.js';
import type { ChartFile } from './chart-file.js';
import { stackedChart } from './stacked-chart.js';
import { trim } from './time-unit.js';

type Measured = Pick<RunResult, 'series' | 'summary' | 'marks' | 'timeZeroNs' | 'endNs'>;

/** Which program keeps how many cores busy, over time. */
export function cpuChart(run: Measured): ChartFile {
  const { series, summary, timeZeroNs, endNs } = run;
  const { virtualSeconds } = summary.end;
  const [first] = Object.entries(summary.cpu).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const all = Object.values(summary.cpu).reduce((sum, seconds) => sum + seconds, 0);
  const cores = (seconds: number): string => trim(seconds / virtualSeconds);
  const title =
    first === undefined || all === 0 || virtualSeconds === 0
      ? 'No program needed a processor'
      : `${cores(all)} cores busy on average, ${cores(first[1])} of them with ${first[0]}`;
  return stackedChart(run, {
    name: 'cpu.png',
    title,
    axis: 'cores busy',
    whole: false,
    all: series.busySeconds.map((one) => coresOf(one, series.intervalNs, endNs - timeZeroNs)),
  });
}

/** The last sample may have been cut short. */
function coresOf({ name, values }: NamedSeries, intervalNs: number, lengthNs: number): NamedSeries {
  const lengthOf = (at: number): number => Math.max(1, Math.min(intervalNs, lengthNs - at * intervalNs));
  return { name, values: values.map((seconds, at) => (seconds * 1e9) / lengthOf(at)) };
}
