import type { SweepResult } from '../../experiment/sweep-result.js';
import type { SweepChart } from './chart-look.js';
import { distributionChart } from './distribution-chart.js';
import { factorsOf } from './factor.js';
import { heatmapChart } from './heatmap-chart.js';
import { responseChart } from './response-chart.js';
import { tradeOffChart } from './trade-off-chart.js';

/** Figures that get charts of their own. */
const FIGURES_SHOWN = 4;

/** The charts that suit what was varied, the most telling first. */
export function sweepCharts(result: SweepResult): readonly SweepChart[] {
  const factors = factorsOf(result);
  const [across, down] = factors;
  const measured = result.figures.filter(({ name }) =>
    result.variants.some(({ figures }) => figures[name]!.values.length > 0),
  );
  const figures = measured.slice(0, FIGURES_SHOWN);
  const [first, ...others] = figures;
  const second = others.find(({ name }) => name === 'hub.rate.peak') ?? others[0];
  return [
    ...(across?.isNumeric === true ? figures.map((figure) => responseChart(result, figure, across)) : []),
    ...(across !== undefined && down !== undefined
      ? figures.map((figure) => heatmapChart(result, figure, across, down))
      : []),
    ...(first !== undefined && second !== undefined && result.variants.length > 1
      ? [tradeOffChart(result, first, second)]
      : []),
    ...figures.map((figure) => distributionChart(result, figure)),
  ];
}
