import type { ChartConfiguration } from 'chart.js';

/** A chart as data, before anything is drawn. */
export interface ChartFile<C = ChartConfiguration<'line', Point[]>> {
  /** Name of the file: `pods.png`. */
  readonly name: string;
  readonly configuration: C;
}

/** `y` is null where there is nothing to show. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}

/** A chart of bars that lie: a bar, or a stack of them, for each label. */
export type BarChart = ChartFile<ChartConfiguration<'bar', number[], string>>;
