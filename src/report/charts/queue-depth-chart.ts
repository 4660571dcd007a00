import type { NamedSeries, RunResult } from '../../measure/run-result.js';
import { busiest, most } from './busiest.js';
import type { ChartFile, Point } from './chart-file.js';
import { lineOptions, PALETTE } from './look.js';
import { timeMarks } from './time-marks.js';
import { timeUnit, trim } from './time-unit.js';
import { shortName } from './title.js';

const SHOWN = 6;

type Measured = Pick<RunResult, 'series' | 'marks' | 'timeZeroNs' | 'endNs'>;

/** What waits for its turn: requests for a seat at the hub, objects for a controller's worker, pods for the scheduler. */
export function queueDepthChart(run: Measured): ChartFile {
  const { series, timeZeroNs, endNs } = run;
  const unit = timeUnit(endNs - timeZeroNs);
  const seats = series.waiting.map(({ name, values }) => ({ name: `requests for a seat of ${name}`, values }));
  const queues = series.queues.map(({ name, values }) => ({ name: queueText(name), values }));
  const shown = busiest([...seats, ...queues], SHOWN, most).slice(0, SHOWN);
  const options = lineOptions(titleOf(shown), unit, { title: 'waiting', whole: true });
  return {
    name: 'queue-depth.png',
    configuration: {
      type: 'line',
      data: {
        datasets: shown.map(({ name, values }, at) => ({
          label: shortName(name),
          borderColor: PALETTE[at]!,
          backgroundColor: PALETTE[at]!,
          stepped: 'after' as const,
          data: values.map((value, sample): Point => ({ x: (sample * series.intervalNs) / unit.ns, y: value })),
        })),
      },
      options: { ...options, plugins: { ...options.plugins, legend: { ...options.plugins!.legend!, reverse: false } } },
      plugins: [timeMarks(run, unit.ns)],
    },
  };
}

function queueText(name: string): string {
  const [, scheduler, pool] = /^(.*) (active|backoff|unschedulable)$/.exec(name) ?? [];
  if (pool === 'active') return `pods for ${scheduler}`;
  if (pool === 'backoff') return `pods that back off (${scheduler})`;
  return pool === 'unschedulable' ? `unschedulable pods (${scheduler})` : `objects for ${name}`;
}

function titleOf([first]: readonly NamedSeries[]): string {
  const top = first === undefined ? 0 : most(first.values);
  return first === undefined || top === 0
    ? 'Nothing had to wait in a queue'
    : `At most ${trim(top)} ${first.name} waited`;
}
