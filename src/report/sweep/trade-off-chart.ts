import type { FigureResult, SweepResult } from '../../experiment/sweep-result.js';
import { axis, color, options, type SweepChart } from './chart-look.js';
import { factorsOf, levelsOf } from './factor.js';
import { figureTitle } from './response-chart.js';

type SweptFigure = SweepResult['figures'][number];

/** More labels than this lie on each other. */
const LABELS_MAX = 20;

/** What one figure costs in another: each variant a point, and a line through those that no other beats in both. */
export function tradeOffChart(result: SweepResult, first: SweptFigure, second: SweptFigure): SweepChart {
  const points = result.variants.flatMap((variant) => {
    const [x, y] = [variant.figures[first.name]!, variant.figures[second.name]!];
    return x.values.length === 0 || y.values.length === 0 ? [] : [{ variant, x, y }];
  });
  const sign = (figure: SweptFigure): number => (figure.better === 'less' ? 1 : -1);
  const beats = (a: (typeof points)[number], b: (typeof points)[number]): boolean =>
    sign(first) * (a.x.mean - b.x.mean) < 0 && sign(second) * (a.y.mean - b.y.mean) < 0;
  const front = points
    .filter((point) => !points.some((other) => beats(other, point)))
    .sort((a, b) => a.x.mean - b.x.mean);
  const at = ({ x, y }: (typeof points)[number]): object => ({ x: x.mean, y: y.mean });
  const labels = points.length <= LABELS_MAX ? points : front.slice(0, LABELS_MAX);
  const factors = factorsOf(result);
  const title = `${second.name} against ${first.name}`;
  return {
    name: 'trade-off',
    title,
    configuration: {
      type: 'scatter',
      data: {
        datasets: [
          { label: 'variants', data: points.map(at), backgroundColor: color(0), pointRadius: 5 },
          {
            type: 'line',
            label: 'beaten by none',
            data: front.map(at),
            borderColor: color(1),
            backgroundColor: color(1),
            borderWidth: 2,
            pointRadius: 0,
          },
        ],
      },
      options: options(title, true, {
        x: axis(figureTitle(first), { type: 'linear', beginAtZero: true, grace: '10%' } as never),
        y: axis(figureTitle(second), { type: 'linear', beginAtZero: true, grace: '10%' } as never),
      }),
      notes: {
        texts: labels.map(({ variant, x, y }) => ({
          x: x.mean,
          y: y.mean,
          text: levelsOf(factors, variant),
          beside: true,
        })),
        bars: points.map(({ x, y }) => ({ x: interval(x), y: interval(y), color: color(0) })),
      },
    } as unknown as SweepChart['configuration'],
  };
}

function interval({ mean, low, high }: FigureResult): readonly [number, number] {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [mean, mean];
}
