import type { Chart, ChartConfiguration } from 'chart.js';
import type { RunResult } from '../../measure/run-result.js';
import { shade } from '../shade.js';
import type { ChartFile, Point } from './chart-file.js';
import { FONT_FAMILY, lineOptions, TEXT } from './look.js';
import { timeMarks } from './time-marks.js';
import { readable, timeUnit, trim } from './time-unit.js';

type Measured = Pick<RunResult, 'series' | 'summary' | 'marks' | 'timeZeroNs' | 'endNs'>;

/** How many watch events were how late, over time: the darker a field the fewer. */
export function watchLagHeatmap(run: Measured): ChartFile {
  const { series, summary, timeZeroNs, endNs } = run;
  const { edges, counts } = series.watchLagHeat;
  const unit = timeUnit(endNs - timeZeroNs);
  const fullest = counts.reduce((top, column) => Math.max(top, ...column), 0);
  const { p50, p99 } = summary.hub.watchLag;
  const title =
    p50 === null || p99 === null
      ? 'No watch events were delivered'
      : `Half of ${trim(summary.hub.watchEvents)} watch events come within ${readable(p50)}, 99 % within ${readable(p99)}`;
  const options = lineOptions(title, unit, { title: 'lag from commit to cache' });
  const axis = options.scales!.y as { ticks?: object };
  return {
    name: 'watch-lag-heatmap.png',
    configuration: {
      type: 'line',
      data: { datasets: [] },
      options: {
        ...options,
        layout: { padding: { top: 8, right: 76, bottom: 8, left: 8 } },
        plugins: { ...options.plugins, legend: { display: false } },
        scales: {
          x: options.scales!.x!,
          // A band is as high as any other, whatever its length.
          y: {
            ...axis,
            min: 0,
            max: Math.max(1, edges.length - 1),
            grace: 0,
            ticks: { ...axis.ticks, stepSize: 2, callback: (band: number) => bandText(edges, band) },
            grid: { display: false },
          } as never,
        },
      },
      plugins: [fields(run, fullest, unit.ns), timeMarks(run, unit.ns)] as NonNullable<
        ChartConfiguration<'line', Point[]>['plugins']
      >,
    },
  };
}

function bandText(edges: readonly number[], band: number): string {
  const edge = edges[band];
  return edge === undefined ? '' : edge < 1e-3 ? `${trim(edge * 1e6)} µs` : readable(edge);
}

/** Draws the fields and, on the right, what their colours mean. */
function fields({ series }: Measured, fullest: number, unitNs: number): object {
  const { counts, samples } = series.watchLagHeat;
  const columnWidth = (samples * series.intervalNs) / unitNs;
  const draw = (chart: Chart): void => {
    const { ctx, scales, chartArea } = chart;
    const [x, y] = [scales.x!, scales.y!];
    for (const [at, column] of counts.entries()) {
      const left = x.getPixelForValue(at * columnWidth);
      const right = Math.min(chartArea.right, x.getPixelForValue((at + 1) * columnWidth));
      for (const [band, count] of column.entries()) {
        if (count === 0) continue;
        const top = y.getPixelForValue(band + 1);
        ctx.fillStyle = shade(place(count, fullest));
        // Half a pixel more: between fields there must be no seams.
        ctx.fillRect(left, top, right - left + 0.5, y.getPixelForValue(band) - top + 0.5);
      }
    }
    scaleOf(chart, fullest);
  };
  return { id: 'fields', beforeDatasetsDraw: draw };
}

/** On a square root: a logarithm would make one event as loud as a hundred. */
function place(count: number, fullest: number): number {
  return Math.sqrt(count / fullest);
}

function scaleOf({ ctx, chartArea, width }: Chart, fullest: number): void {
  if (fullest === 0) return;
  const { top, bottom, right } = chartArea;
  const height = bottom - top;
  const left = right + 14;
  for (let pixel = 0; pixel < height; pixel++) {
    ctx.fillStyle = shade(1 - pixel / height);
    ctx.fillRect(left, top + pixel, 12, 1.5);
  }
  ctx.fillStyle = TEXT;
  ctx.font = `12px ${FONT_FAMILY}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const share of [0, 0.5, 1])
    ctx.fillText(trim(Math.round(share * share * fullest)), left + 17, bottom - share * height);
  ctx.save();
  ctx.translate(width - 8, (top + bottom) / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = 'center';
  ctx.fillText('events', 0, 0);
  ctx.restore();
}
