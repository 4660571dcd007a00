import { ANY_NUMBER, keepFirst } from '../api/any-number.js';
import type { NamedSeries } from './run-result.js';
import { type Merge, SampleColumn } from './sample-column.js';

/** One of them. */
class Line {
  readonly name: string;
  readonly column: SampleColumn;
  /** What the sample under way has come to. */
  sum: number;
  /** The total at the end of the sample before; 0 where no totals are told. */
  before: number;

  static {
    keepFirst(new Line('', new SampleColumn('sum', 0), ANY_NUMBER));
  }

  constructor(name: string, column: SampleColumn, sum: number) {
    this.name = name;
    this.column = column;
    this.sum = sum;
    this.before = sum;
  }
}

/** Quantities by name, sample by sample: what is added under one name in one sample counts as one. */
export class SampledSums {
  private readonly merge: Merge;
  private readonly total: boolean;
  private readonly lines: Line[];
  private readonly byName: Map<string, Line>;
  private samples: number;

  /** With `total` the totals so far are added in each sample, and how much they have grown is kept. */
  constructor(merge: Merge, total = false) {
    this.merge = merge;
    this.total = total;
    this.lines = [];
    this.byName = new Map();
    this.samples = 0;
  }

  add(name: string, amount: number): void {
    if (amount === 0) return;
    const line = this.byName.get(name) ?? this.open(name);
    line.sum += amount;
  }

  /** What has been added was before the first sample. */
  begin(): void {
    for (const line of this.lines) {
      line.before = line.sum;
      line.sum = 0;
    }
  }

  /** To what nothing was added, that was 0. */
  endSample(): void {
    for (const line of this.lines) {
      line.column.push(line.sum - line.before);
      if (this.total) line.before = line.sum;
      line.sum = 0;
    }
    this.samples++;
  }

  /** Makes one sample of every two. */
  halve(): void {
    for (const { column } of this.lines) column.halve();
    this.samples = Math.floor(this.samples / 2);
  }

  /** By name; what never happened is left out. */
  series(): NamedSeries[] {
    return this.lines
      .map(({ name, column: { values } }): NamedSeries => ({ name, values }))
      .filter(({ values }) => values.some((value) => value !== 0))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private open(name: string): Line {
    const line = new Line(name, new SampleColumn(this.merge, this.samples), 0);
    this.lines.push(line);
    this.byName.set(name, line);
    return line;
  }
}
