import type { ChartConfiguration, ScaleOptionsByType } from 'chart.js';
import { PALETTE } from '../charts/look.js';

/** A chart of a sweep: plain data, so that the page can draw it too. */
export interface SweepChart {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly title: string;
  readonly configuration: PlainConfiguration;
}

/** A configuration of Chart.js without functions, with notes that `drawNotes` adds to the chart. */
export type PlainConfiguration = ChartConfiguration & { readonly notes?: Notes };

/** What Chart.js does not draw by itself. */
export interface Notes {
  /** Texts at places in the coordinates of the axes. */
  readonly texts?: readonly {
    readonly x: number | string;
    readonly y: number;
    readonly text: string;
    readonly color?: string;
    readonly beside?: boolean;
  }[];
  /** Names of rows, drawn left of the chart. */
  readonly rows?: readonly { readonly y: number; readonly text: string }[];
  /** Vertical and horizontal intervals around points. */
  readonly bars?: readonly {
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
    readonly color: string;
  }[];
}

export const TEXT = '#222222';
export const FAINT = '#DDDDDD';

/** Series of a colour of their own. */
export const SERIES_MAX: number = PALETTE.length;

export function color(index: number): string {
  return PALETTE[index % PALETTE.length]!;
}

/** The same colour, so transparent that what lies beneath shows. */
export function translucent(index: number): string {
  return `${color(index)}33`;
}

type Axis = Partial<ScaleOptionsByType<'linear' | 'logarithmic' | 'category'>> & {
  readonly levels?: readonly number[];
};

/** An axis with its title; `levels` are the values that get a tick. */
export function axis(title: string, more: Axis = {}): object {
  const ticks = { color: TEXT, font: { size: 13 } };
  return {
    title: { display: title !== '', text: title, color: TEXT, font: { size: 14 } },
    ticks,
    grid: { color: FAINT },
    ...more,
  };
}

/** What all charts share. Points with an empty label have no entry in the legend. */
export function options(title: string, legend: boolean, scales: object, more: object = {}): object {
  return {
    responsive: false,
    animation: false,
    locale: 'en-US',
    layout: { padding: { top: 8, right: 24, bottom: 8, left: 8 } },
    plugins: {
      title: { display: true, text: title, align: 'start', color: TEXT, font: { size: 18, weight: 'bold' } },
      legend: {
        display: legend,
        align: 'start',
        labels: { color: TEXT, font: { size: 14 }, boxWidth: 20, boxHeight: 2, padding: 16 },
      },
    },
    scales,
    ...more,
  };
}
