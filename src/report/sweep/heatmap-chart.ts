import type { SweepResult, VariantResult } from '../../experiment/sweep-result.js';
import { shade } from '../shade.js';
import { axis, options, type SweepChart } from './chart-look.js';
import { type Factor, factorsOf, levelOf } from './factor.js';
import { figureTitle, fileName, shortNumber } from './response-chart.js';

type SweptFigure = SweepResult['figures'][number];

/** From this place on black reads better than white. */
const LIGHT_FROM = 0.6;
/** On the cells, whatever the page is like. */
const DARK_TEXT = '#101010';
const LIGHT_TEXT = '#fafafa';
const NOTHING = '#999999';
/** Room for the names of the rows. */
const ROW_NAME_WIDTH = 150;

/** A figure over two factors, others at their first level: each cell a variant. */
export function heatmapChart(result: SweepResult, figure: SweptFigure, across: Factor, down: Factor): SweepChart {
  const others = factorsOf(result).filter(({ path }) => path !== across.path && path !== down.path);
  const shown = result.variants.filter((variant) =>
    others.every((other) => levelOf(other, variant) === other.levels[0]!.text),
  );
  const find = (x: string, y: string): VariantResult | undefined =>
    shown.find((variant) => levelOf(across, variant) === x && levelOf(down, variant) === y);
  const means = shown.map((variant) => variant.figures[figure.name]!.mean).filter((mean) => !Number.isNaN(mean));
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const rows = down.levels.map(({ text }, row) => ({
    text,
    row,
    cells: across.levels.map((level) => {
      const variant = find(level.text, text);
      const mean = variant === undefined ? Number.NaN : variant.figures[figure.name]!.mean;
      return { x: level.text, mean, place: most === least ? 0.5 : (mean - least) / (most - least) };
    }),
  }));
  const fixed = others.map((other) => `${other.name}=${other.levels[0]!.text}`).join(', ');
  const title = `${figureTitle(figure)} by ${across.name} and ${down.name}${fixed === '' ? '' : `, ${fixed}`}`;
  const bar = { barPercentage: 1, categoryPercentage: 1, borderWidth: 0 };
  return {
    name: `heatmap-${fileName(figure.name)}`,
    title,
    configuration: {
      type: 'bar',
      data: {
        labels: across.levels.map(({ text }) => text),
        datasets: rows.map(({ cells }) => ({
          ...bar,
          label: '',
          data: cells.map(() => 1),
          backgroundColor: cells.map(({ place }) => colorAt(place)),
        })),
      },
      options: options(
        title,
        false,
        {
          x: axis(across.path, { stacked: true, grid: { display: false } } as never),
          y: axis('', { stacked: true, max: rows.length, display: false } as never),
        },
        { layout: { padding: { top: 8, right: 24, bottom: 8, left: ROW_NAME_WIDTH } } },
      ),
      notes: {
        rows: rows.map(({ text, row }) => ({ y: row + 0.5, text: `${down.name}=${text}` })),
        texts: rows.flatMap(({ row, cells }) =>
          cells.map(({ x, mean, place }) => ({
            x,
            y: row + 0.5,
            text: Number.isNaN(mean) ? '–' : shortNumber(mean),
            color: place > LIGHT_FROM ? DARK_TEXT : LIGHT_TEXT,
          })),
        ),
      },
    } as SweepChart['configuration'],
  };
}

function colorAt(place: number): string {
  return Number.isNaN(place) ? NOTHING : shade(place);
}
