import type { Chart, ChartOptions, Plugin } from 'chart.js';
import { FAINT, FONT_FAMILY, TEXT } from './look.js';
import { titleLines } from './title.js';

/** The options of bars that lie: names to the left, values along the bottom. */
export function barOptions(title: string, valueTitle: string, legend: boolean): ChartOptions<'bar'> {
  return {
    indexAxis: 'y',
    responsive: false,
    animation: false,
    locale: 'en-US',
    // On the right there has to be room for the value of the longest bar.
    layout: { padding: { top: 8, right: 84, bottom: 8, left: 8 } },
    plugins: {
      title: {
        display: true,
        text: titleLines(title),
        align: 'start',
        color: TEXT,
        font: { size: 18, weight: 'bold' },
      },
      legend: {
        display: legend,
        align: 'start',
        labels: { color: TEXT, font: { size: 13 }, boxWidth: 14, boxHeight: 12, padding: 12 },
      },
    },
    scales: {
      x: {
        stacked: true,
        min: 0,
        title: { display: true, text: valueTitle, color: TEXT, font: { size: 14 } },
        ticks: { color: TEXT, font: { size: 13 } },
        grid: { color: FAINT },
      },
      y: { stacked: true, ticks: { color: TEXT, font: { size: 13 }, autoSkip: false }, grid: { display: false } },
    },
  };
}

/** Writes a text behind each bar, or stack of bars; or all in a column right of the plot. */
export function barTexts(texts: readonly string[], inColumn = false): Plugin<'bar'> {
  const draw = (chart: Chart): void => {
    const { ctx, data } = chart;
    ctx.save();
    ctx.font = `13px ${FONT_FAMILY}`;
    ctx.fillStyle = TEXT;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const [at, text] of texts.entries()) {
      const bars = data.datasets.map((_, index) => chart.getDatasetMeta(index).data[at]!);
      const end = inColumn ? chart.chartArea.right : Math.max(...bars.map(({ x }) => x));
      ctx.fillText(text, end + 6, bars[0]!.y);
    }
    ctx.restore();
  };
  return { id: 'barTexts', afterDatasetsDraw: draw as never };
}
