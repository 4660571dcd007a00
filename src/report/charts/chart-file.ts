import type { ChartConfiguration } from 'chart.js';

/** A chart as data, before anything is drawn. */
export interface ChartFile {
  /** Name of the file: `pods.png`. */
  readonly name: string;
  readonly configuration: ChartConfiguration<'line', Point[]>;
}

/** `y` is null where there is nothing to show. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}
