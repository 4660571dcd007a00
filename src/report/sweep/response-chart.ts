import type { FigureResult, SweepResult } from '../../experiment/sweep-result.js';
import { axis, color, options, SERIES_MAX, type SweepChart, translucent } from './chart-look.js';
import { type Factor, type Series, seriesAlong } from './factor.js';
import { plain } from './number-text.js';

type SweptFigure = SweepResult['figures'][number];

/** Levels so far apart that most would lie on each other on a plain axis. */
const LOG_FROM = 20;

/** How a figure goes with a numeric factor: means, and bands for their intervals. */
export function responseChart(result: SweepResult, figure: SweptFigure, factor: Factor): SweepChart {
  const series = seriesAlong(factor, result).slice(0, SERIES_MAX);
  const unit = factor.isDuration ? ' (s)' : '';
  const levels = factor.levels.map(({ number }) => number);
  const isLog = levels[0]! > 0 && levels.at(-1)! / levels[0]! >= LOG_FROM;
  const more = isLog
    ? { type: 'logarithmic' as const, levels, min: levels[0]!, max: levels.at(-1)! }
    : { type: 'linear' as const };
  const title = `${figure.name} by ${factor.name}`;
  return {
    name: `response-${fileName(figure.name)}`,
    title,
    configuration: {
      type: 'line',
      data: { datasets: series.flatMap((one, index) => datasets(one, index, figure.name, factor)) },
      options: options(title, series.length > 1, {
        x: axis(`${factor.path}${unit}`, more as never),
        y: axis(figureTitle(figure), { beginAtZero: true } as never),
      }),
    } as SweepChart['configuration'],
  };
}

/** The line and its band: the upper edge fills down to the lower one. */
function datasets({ label, variants }: Series, index: number, name: string, factor: Factor): object[] {
  const points = (value: (result: FigureResult) => number): object[] =>
    variants.flatMap((variant) => {
      const found = variant.figures[name]!;
      const level = factor.levels.find(({ text }) => String(text) === levelText(factor, variant.settings));
      return found.values.length === 0 || level === undefined ? [] : [{ x: level.number, y: value(found) }];
    });
  const edge = { label: '', borderWidth: 0, pointRadius: 0, backgroundColor: translucent(index) };
  const known = (edgeOf: number, mean: number): number => (Number.isFinite(edgeOf) ? edgeOf : mean);
  return [
    {
      label,
      data: points(({ mean }) => mean),
      borderColor: color(index),
      backgroundColor: color(index),
      borderWidth: 2,
      pointRadius: 4,
      tension: 0,
    },
    { ...edge, data: points(({ low, mean }) => known(low, mean)), fill: false },
    { ...edge, data: points(({ high, mean }) => known(high, mean)), fill: '-1' },
  ];
}

function levelText(factor: Factor, settings: Readonly<Record<string, unknown>>): string {
  const value = settings[factor.path];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `convergence.seconds (s)`. */
export function figureTitle({ name, unit }: SweptFigure): string {
  return unit === '' ? name : `${name} (${unit})`;
}

/** For the name of a file. */
export function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9-]+/g, '-');
}

/** A cell or a label of a chart: short. */
export function shortNumber(value: number): string {
  return Math.abs(value) >= 10_000 ? `${plain(value / 1000)}k` : plain(value);
}
