import { countPods } from '../pod-counts.js';
import type { ChartedRun } from '../reported-run.js';
import type { ChartFile, Point } from './chart-file.js';
import { COLUMNS, lineOptions, PALETTE } from './look.js';
import { timeMarks } from './time-marks.js';
import { readable, timeUnit, trim } from './time-unit.js';

/** How many pods exist, are bound to a node, and are running, over time. */
export function podsChart(result: ChartedRun): ChartFile {
  const lengthNs = result.endNs - result.timeZeroNs;
  const unit = timeUnit(lengthNs);
  const stepNs = Math.max(1, lengthNs / COLUMNS);
  const counts = countPods(result, stepNs, COLUMNS);
  // In a calm run the three lines lie on each other: the wider ones show beneath the narrower ones above them.
  const series = (label: string, state: Int32Array, left: Int32Array | undefined, color: number) => ({
    label,
    borderWidth: [8, 5, 2][color]!,
    borderColor: PALETTE[color]!,
    backgroundColor: PALETTE[color]!,
    stepped: true,
    data: Array.from(state, (count, at): Point => ({ x: (at * stepNs) / unit.ns, y: count - (left?.[at] ?? 0) })),
  });
  return {
    name: 'pods.png',
    configuration: {
      type: 'line',
      data: {
        datasets: [
          series('running', counts.serving, undefined, 2),
          series('bound to a node', counts.bound, boundGone(result, stepNs), 1),
          series('exist', counts.created, counts.gone, 0),
        ],
      },
      options: lineOptions(title(result), unit, { title: 'pods', whole: true }),
      plugins: [timeMarks(result, unit.ns)],
    },
  };
}

/** Of the pods that are gone, those that had been bound. */
function boundGone(result: ChartedRun, stepNs: number): Int32Array {
  const { pods } = result;
  const goneNs = Array.from({ length: pods.count }, (_, row) => (pods.boundNs[row]! < 0 ? -1 : pods.goneNs[row]!));
  return countPods({ ...result, pods: { ...pods, goneNs } }, stepNs, COLUMNS).gone;
}

function title({ summary }: ChartedRun): string {
  const { pods, convergence, end } = summary;
  const last = pods.runningAt.p100;
  const count = `${trim(pods.running)} ${pods.running === 1 ? 'pod' : 'pods'}`;
  const started = last === null ? 'No pod started' : `${count} started, the last after ${readable(last)}`;
  if (end.reason === 'stuck') return `${started}; stuck with ${trim(pods.pending)} pending`;
  return convergence.seconds === null ? started : `${started}; converged after ${readable(convergence.seconds)}`;
}
