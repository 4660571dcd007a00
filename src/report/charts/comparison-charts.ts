import type { ChartConfiguration } from 'chart.js';
import { countPods } from '../pod-counts.js';
import type { ReportedRun } from '../reported-run.js';
import type { RunComparison, RunFigure, Verdict } from '../run-comparison.js';
import { barOptions, barTexts } from './bar-options.js';
import type { ChartFile, Point } from './chart-file.js';
import { at99, latencyChart } from './latency-chart.js';
import { COLUMNS, lineOptions, PALETTE, TEXT } from './look.js';
import { readable, timeUnit, trim } from './time-unit.js';
import { shortName } from './title.js';

/** Bars end here: what is further away is told by its text. */
const TIMES_MAX = 8;
/** Figures with a bar. */
const FIGURES_SHOWN = 14;
const VERDICT_COLORS: Readonly<Record<Verdict, string>> = {
  better: PALETTE[0],
  worse: PALETTE[3],
  same: '#8A8F98',
  other: '#8A8F98',
};

/** Two or more runs on the same axes: pods, latencies, and how every figure differs from the first run's. */
export function comparisonCharts(runs: readonly ReportedRun[], comparison: RunComparison): ChartFile<unknown>[] {
  const names = shortest(comparison.runs);
  const latencies = runs.flatMap(({ series }, at) =>
    series.durations.filter(({ name }) => name === 'writes').map((writes) => ({ ...writes, name: names[at]! })),
  );
  const title = `99 % of writes within: ${latencies.map((one) => `${one.name} ${at99(one)}`).join(', ')}`;
  return [podsCompared(runs, names), figuresCompared(comparison, names), latencyChart({ durations: latencies }, title)];
}

/** Names of directories without the folders that all have in common. */
function shortest(directories: readonly string[]): string[] {
  const parts = directories.map((directory) => directory.split('/').filter((part) => part !== ''));
  let common = 0;
  while (parts.every((each) => each.length > common + 1 && each[common] === parts[0]![common])) common++;
  return parts.map((each) => shortName(each.slice(common).join('/')));
}

function podsCompared(runs: readonly ReportedRun[], names: readonly string[]): ChartFile {
  const lengthNs = Math.max(1, ...runs.map(({ timeZeroNs, endNs }) => endNs - timeZeroNs));
  const unit = timeUnit(lengthNs);
  const took = runs.map(({ summary }, at) => {
    const { seconds } = summary.convergence;
    return `${names[at]!} ${seconds === null ? 'never' : `after ${readable(seconds)}`}`;
  });
  return {
    name: 'pods.png',
    configuration: {
      type: 'line',
      data: {
        datasets: runs.map((run, at) => ({
          label: names[at]!,
          borderColor: PALETTE[at % PALETTE.length]!,
          backgroundColor: PALETTE[at % PALETTE.length]!,
          borderWidth: 2.5,
          stepped: true,
          data: runningOf(run, unit.ns),
        })),
      },
      options: lineOptions(`Converged: ${took.join(', ')}`, unit, { title: 'pods running', whole: true }),
    },
  };
}

function runningOf(run: ReportedRun, unitNs: number): Point[] {
  const stepNs = Math.max(1, (run.endNs - run.timeZeroNs) / COLUMNS);
  return Array.from(countPods(run, stepNs, COLUMNS).serving, (y, at): Point => ({ x: (at * stepNs) / unitNs, y }));
}

/** Bars from 1 to how many times the first run's figure another's is. */
function figuresCompared(
  { figures, runs }: RunComparison,
  names: readonly string[],
): ChartFile<ChartConfiguration<'bar', (number | null)[], string>> {
  const shown = figures
    .filter((figure) => runs.some((_, at) => at > 0 && (timesOf(figure, at) ?? 1) !== 1))
    .slice(0, FIGURES_SHOWN);
  const options = barOptions(titleOf(figures, names), `times the value of ${names[0]!} (logarithmic)`, runs.length > 2);
  const ticks = { color: TEXT, font: { size: 13 }, callback: (value: string | number) => timesText(Number(value)) };
  const powers = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].map((value) => ({ value }));
  const afterBuildTicks = (axis: { ticks: unknown }): void => {
    axis.ticks = powers;
  };
  return {
    name: 'figures.png',
    configuration: {
      type: 'bar',
      data: {
        labels: shown.map(({ path }) => path),
        datasets: runs.slice(1).map((_, at) => ({
          label: names[at + 1]!,
          base: 1,
          backgroundColor:
            runs.length > 2
              ? PALETTE[(at + 1) % PALETTE.length]!
              : shown.map(({ verdicts }) => VERDICT_COLORS[verdicts[1]!]),
          data: shown.map((figure) => clamped(timesOf(figure, at + 1))),
        })),
      },
      options: {
        ...options,
        layout: { padding: { top: 8, right: runs.length > 2 ? 24 : 190, bottom: 8, left: 8 } },
        scales: {
          x: {
            ...options.scales!.x,
            type: 'logarithmic',
            stacked: false,
            min: 1 / TIMES_MAX,
            max: TIMES_MAX,
            ticks,
            afterBuildTicks,
          } as never,
          y: { ...options.scales!.y, stacked: false } as never,
        },
      },
      plugins: runs.length > 2 ? [] : [barTexts(shown.map(changeText), true)],
    },
  };
}

/** Null where a ratio says nothing. */
function timesOf({ values }: RunFigure, at: number): number | null {
  const [first, value] = [values[0], values[at]];
  return first === null || first === undefined || value === null || value === undefined || first <= 0 || value <= 0
    ? null
    : value / first;
}

function clamped(times: number | null): number | null {
  return times === null ? null : Math.min(TIMES_MAX, Math.max(1 / TIMES_MAX, times));
}

function timesText(times: number): string {
  if (times === 1) return 'same';
  return times > 1 ? `×${trim(times)}` : `÷${trim(1 / times)}`;
}

function changeText({ values, unit }: RunFigure): string {
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? 'none' : unit === 's' ? readable(value) : trim(value);
  return `${text(values[0])} → ${text(values[1])}`;
}

function titleOf(figures: readonly RunFigure[], names: readonly string[]): string {
  const count = (verdict: Verdict): number => figures.filter(({ verdicts }) => verdicts[1] === verdict).length;
  if (names.length > 2) return `How ${names.slice(1).join(', ')} differ from ${names[0]!}`;
  return `${names[1]!} against ${names[0]!}: ${count('better')} figures better (blue), ${count('worse')} worse (orange)`;
}
