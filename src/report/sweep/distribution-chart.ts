import type { SweepResult } from '../../experiment/sweep-result.js';
import { percentiles } from '../../stats/percentiles.js';
import { axis, color, options, type SweepChart, translucent } from './chart-look.js';
import { factorsOf, levelsOf } from './factor.js';
import { figureTitle, fileName } from './response-chart.js';

type SweptFigure = SweepResult['figures'][number];

/** Variants side by side that can still be told apart. */
const VARIANTS_MAX = 24;

/** How a figure is spread over the runs of each variant: every run a point, a box from quartile to quartile, the median in it. */
export function distributionChart(result: SweepResult, figure: SweptFigure): SweepChart {
  const { variants } = result;
  const shown = variants.filter(({ figures }) => figures[figure.name]!.values.length > 0).slice(0, VARIANTS_MAX);
  const factors = factorsOf(result);
  const short = shown.map((variant) => levelsOf(factors, variant));
  const areApart = factors.length > 0 && new Set(short).size === short.length;
  const labels = areApart ? short : shown.map(({ label }) => label);
  const varied = areApart ? factors.map(({ name }) => name).join(', ') : '';
  const quartiles = shown.map(({ figures }) => percentiles(figures[figure.name]!.values, [25, 50, 75]));
  const title = `${figure.name}, run by run`;
  return {
    name: `distribution-${fileName(figure.name)}`,
    title,
    configuration: {
      type: 'bar',
      data: {
        labels,
        datasets: [
          {
            type: 'line',
            label: 'median',
            data: quartiles.map(([, median], index) => ({ x: labels[index], y: median })),
            showLine: false,
            pointStyle: 'line',
            pointRadius: 14,
            borderWidth: 3,
            borderColor: color(3),
            backgroundColor: color(3),
          },
          {
            type: 'line',
            label: 'runs',
            data: shown.flatMap(({ figures }, index) =>
              figures[figure.name]!.values.map((value) => ({ x: labels[index], y: value })),
            ),
            showLine: false,
            pointRadius: 3,
            borderWidth: 0,
            backgroundColor: color(0),
          },
          {
            label: 'middle half',
            data: quartiles.map(([low, , high]) => [low, high]),
            backgroundColor: translucent(0),
            borderColor: color(0),
            borderWidth: 1,
            borderSkipped: false,
            maxBarThickness: 60,
          },
        ],
      },
      options: options(title, true, {
        x: axis(varied, { ticks: { color: '#222222', font: { size: 12 }, maxRotation: 40, autoSkip: false } } as never),
        y: axis(figureTitle(figure), { grace: '5%' } as never),
      }),
    } as unknown as SweepChart['configuration'],
  };
}
