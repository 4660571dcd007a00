import type { Chart, ChartConfiguration } from 'chart.js';
import type { Notes, PlainConfiguration } from './chart-look.js';

/**
 * Draws what Chart.js does not: texts at points, names of rows, intervals. The page of a sweep holds this function as
 * text, so it must not use anything from outside.
 */
export function drawNotes(chart: Chart, notes: Notes, textColor: string): void {
  const { ctx, scales } = chart;
  const x = scales.x!;
  const y = scales.y!;
  const at = (value: number | string): number => {
    const labels = chart.data.labels as (number | string)[] | undefined;
    return x.getPixelForValue(typeof value === 'number' ? value : (labels ?? []).indexOf(value));
  };
  ctx.save();
  ctx.font = `13px ${(chart.constructor as typeof Chart).defaults.font.family}`;
  ctx.textBaseline = 'middle';
  for (const bar of notes.bars ?? []) {
    ctx.strokeStyle = bar.color;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(at(bar.x[0]), y.getPixelForValue((bar.y[0] + bar.y[1]) / 2));
    ctx.lineTo(at(bar.x[1]), y.getPixelForValue((bar.y[0] + bar.y[1]) / 2));
    ctx.moveTo(at((bar.x[0] + bar.x[1]) / 2), y.getPixelForValue(bar.y[0]));
    ctx.lineTo(at((bar.x[0] + bar.x[1]) / 2), y.getPixelForValue(bar.y[1]));
    ctx.stroke();
  }
  const taken: { left: number; right: number; top: number }[] = [];
  for (const note of notes.texts ?? []) {
    const isBeside = note.beside === true;
    const left = at(note.x) + (isBeside ? 9 : 0);
    const top = y.getPixelForValue(note.y) - (isBeside ? 9 : 0);
    const right = left + ctx.measureText(note.text).width;
    // Of labels that would lie on each other the first one stays.
    if (isBeside && taken.some((box) => left < box.right && right > box.left && Math.abs(top - box.top) < 14)) continue;
    taken.push({ left, right, top });
    ctx.fillStyle = note.color ?? textColor;
    ctx.textAlign = isBeside ? 'left' : 'center';
    ctx.fillText(note.text, left, top);
  }
  for (const row of notes.rows ?? []) {
    ctx.fillStyle = textColor;
    ctx.textAlign = 'right';
    ctx.fillText(row.text, chart.chartArea.left - 8, y.getPixelForValue(row.y));
  }
  ctx.restore();
}

/** What of a configuration cannot be data: which entries the legend has, where ticks stand, and the notes. Also held as text. */
export function finishChart(
  plain: PlainConfiguration,
  draw: (chart: Chart, notes: Notes, textColor: string) => void,
  textColor: string,
): ChartConfiguration {
  const { notes = {}, ...configuration } = plain;
  const { plugins, scales } = configuration.options as {
    plugins: { legend: { labels: { filter?: (entry: { text: string }) => boolean } } };
    scales: Record<
      string,
      {
        levels?: number[];
        ticks: { callback?: unknown };
        afterBuildTicks?: (axis: { ticks: { value: number }[] }) => void;
      }
    >;
  };
  plugins.legend.labels.filter = (entry) => entry.text !== '';
  for (const scale of Object.values(scales)) {
    const { levels } = scale;
    if (levels === undefined) continue;
    scale.afterBuildTicks = (axis) => {
      axis.ticks = levels.map((value) => ({ value }));
    };
    scale.ticks.callback = (value: number) => String(value);
  }
  const plugin = { id: 'notes', afterDatasetsDraw: (chart: Chart) => draw(chart, notes, textColor) };
  return { ...configuration, plugins: [plugin] } as ChartConfiguration;
}
