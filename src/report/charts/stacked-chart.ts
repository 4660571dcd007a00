import type { NamedSeries, RunResult } from '../../measure/run-result.js';
import { busiest, total } from './busiest.js';
import type { ChartFile, Point } from './chart-file.js';
import { lineOptions, PALETTE } from './look.js';
import { timeMarks } from './time-marks.js';
import { timeUnit } from './time-unit.js';
import { shortName } from './title.js';

const SHOWN = 6;
/** Steps across a chart at most: more would be hatching. */
const STEPS = 160;

type Measured = Pick<RunResult, 'series' | 'marks' | 'timeZeroNs' | 'endNs'>;

/** What a stacked chart shows of which quantity. */
export interface Stack {
  readonly name: string;
  readonly title: string;
  readonly axis: string;
  readonly whole: boolean;
  readonly all: readonly NamedSeries[];
}

/** Series on top of each other over the samples of a run, the largest at the bottom. */
export function stackedChart(run: Measured, { name, title, axis, whole, all }: Stack): ChartFile {
  const { series, timeZeroNs, endNs } = run;
  const lengthNs = endNs - timeZeroNs;
  const unit = timeUnit(lengthNs);
  return {
    name,
    configuration: {
      type: 'line',
      data: {
        datasets: busiest(all, SHOWN, total).map((one, at) => ({
          label: shortName(one.name),
          borderWidth: 0,
          backgroundColor: PALETTE[at]!,
          fill: true,
          stepped: true,
          data: steps(one.values, series.intervalNs, lengthNs, unit.ns),
        })),
      },
      options: lineOptions(title, unit, { title: axis, whole, stacked: true }),
      plugins: [timeMarks(run, unit.ns)],
    },
  };
}

/** Means of neighbours. The last step stands twice: it needs an end. */
function steps(values: readonly number[], intervalNs: number, lengthNs: number, unitNs: number): Point[] {
  const width = Math.max(1, Math.ceil(values.length / STEPS));
  const points: Point[] = [];
  for (let at = 0; at < values.length; at += width) {
    const part = values.slice(at, at + width);
    points.push({ x: (at * intervalNs) / unitNs, y: total(part) / part.length });
  }
  const last = points.at(-1);
  return last === undefined ? [] : [...points, { x: lengthNs / unitNs, y: last.y }];
}
