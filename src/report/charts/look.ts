import type { ChartOptions } from 'chart.js';
import type { TimeUnit } from './time-unit.js';
import { titleLines } from './title.js';

/** Okabe and Ito's palette, told apart with any colour vision; in this order. */
export const PALETTE = ['#0072B2', '#E69F00', '#009E73', '#D55E00', '#CC79A7', '#56B4E9', '#000000'] as const;

export const CHART_WIDTH = 900;
export const CHART_HEIGHT = 450;

/** Columns of data worth drawing: the plot area of a chart has about as many pixels. */
export const COLUMNS = 800;

/** The private family name of the font that ships with the project, so that no system font takes its place. */
export const FONT_FAMILY = 'HubsimInter';

export const TEXT = '#222222';
export const FAINT = '#DDDDDD';

/** What the value axis of a chart shows. */
export interface ValueAxis {
  readonly title: string;
  /** Only whole numbers make sense. */
  readonly whole?: boolean;
  readonly stacked?: boolean;
}

/** The options that all charts share: title, axes with units, legend, no animation. */
export function lineOptions(title: string, time: TimeUnit, value: ValueAxis): ChartOptions<'line'> {
  const { title: valueTitle, whole = false, stacked = false } = value;
  const axisTitle = (text: string) => ({ display: true, text, color: TEXT, font: { size: 14 } });
  const ticks = { color: TEXT, font: { size: 13 } };
  return {
    responsive: false,
    animation: false,
    parsing: false,
    normalized: true,
    locale: 'en-US',
    layout: { padding: { top: 8, right: 24, bottom: 8, left: 8 } },
    elements: { point: { radius: 0 }, line: { borderWidth: 2 } },
    plugins: {
      title: {
        display: true,
        text: titleLines(title),
        align: 'start',
        color: TEXT,
        font: { size: 18, weight: 'bold' },
      },
      legend: {
        align: 'start',
        // The series drawn first is at the bottom and last in the legend.
        reverse: true,
        labels: { color: TEXT, font: { size: 14 }, boxWidth: 20, boxHeight: stacked ? 12 : 2, padding: 16 },
      },
    },
    scales: {
      x: {
        type: 'linear',
        min: 0,
        max: time.length,
        title: axisTitle(`virtual time since time zero (${time.name})`),
        // Without it the end of the run, an odd number, would stand where a round one belongs.
        ticks: { ...ticks, includeBounds: false },
        grid: { color: FAINT },
      },
      y: {
        min: 0,
        grace: '5%',
        stacked,
        title: axisTitle(valueTitle),
        ticks: { ...ticks, ...(whole ? { precision: 0 } : {}) },
        grid: { color: FAINT },
      },
    },
  };
}
