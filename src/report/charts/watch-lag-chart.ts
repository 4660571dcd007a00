import type { ChartedRun } from '../reported-run.js';
import type { ChartFile, Point } from './chart-file.js';
import { COLUMNS, lineOptions, PALETTE } from './look.js';
import { timeMarks } from './time-marks.js';
import { readable, timeUnit } from './time-unit.js';

/** How late watch events reach their watchers, over time. */
export function watchLagChart(result: ChartedRun): ChartFile {
  const lengthNs = result.endNs - result.timeZeroNs;
  const unit = timeUnit(lengthNs);
  const { watch, summary } = result;
  const width = Math.max(1, Math.ceil(watch.events.length / COLUMNS));
  const series = (label: string, lags: readonly number[], color: number) => ({
    label,
    borderColor: PALETTE[color]!,
    backgroundColor: PALETTE[color]!,
    pointRadius: watch.events.length <= COLUMNS / 10 ? 2.5 : 0,
    data: worst(lags, watch.events, width).map(
      (lag, column): Point => ({
        x: ((column + 0.5) * width * watch.bucketNs) / unit.ns,
        y: lag === null ? null : lag * 1e3,
      }),
    ),
  });
  const { p99, max } = summary.hub.watchLag;
  const title =
    p99 === null || max === null
      ? 'No watch events were delivered'
      : `Watch events arrive within ${readable(p99)} (99 %), ${readable(max)} at worst`;
  return {
    name: 'watch-lag.png',
    configuration: {
      type: 'line',
      data: {
        datasets: [
          series('median', watch.lagP50, 0),
          series('99 %', watch.lagP99, 1),
          series('worst', watch.lagMax, 3),
        ],
      },
      options: lineOptions(title, unit, { title: 'lag (ms)' }),
      plugins: [timeMarks(result, unit.ns)],
    },
  };
}

/** The largest lag of each column of `width` buckets; null where nothing was delivered. */
function worst(lags: readonly number[], events: readonly number[], width: number): (number | null)[] {
  const columns: (number | null)[] = [];
  for (let start = 0; start < lags.length; start += width) {
    let lag: number | null = null;
    for (let at = start; at < Math.min(start + width, lags.length); at += 1)
      if (events[at]! > 0) lag = Math.max(lag ?? 0, lags[at]!);
    columns.push(lag);
  }
  return columns;
}
