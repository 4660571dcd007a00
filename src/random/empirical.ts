import type { Distribution } from './distribution.js';
import type { Stream } from './stream.js';

/** One of the given values, each as often as its weight says. */
export class Empirical implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly values: readonly number[];
  private readonly cumulated: readonly number[];
  private readonly total: number;

  constructor(values: readonly number[], weights: readonly number[], text = 'empirical') {
    if (values.length === 0 || values.length !== weights.length) throw new Error('empirical: needs a weight a value');
    let total = 0;
    let sum = 0;
    const cumulated: number[] = [];
    for (const [index, weight] of weights.entries()) {
      if (!(weight >= 0)) throw new Error(`empirical: a weight must not be negative, not ${weight}`);
      total += weight;
      sum += weight * values[index]!;
      cumulated.push(total);
    }
    if (!(total > 0)) throw new Error('empirical: at least one weight must be above zero');
    this.mean = sum / total;
    this.text = text;
    this.isConstant = false;
    this.values = values;
    this.cumulated = cumulated;
    this.total = total;
  }

  sample(stream: Stream): number {
    const drawn = stream.uniform() * this.total;
    let low = 0;
    let high = this.values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (drawn < this.cumulated[middle]!) high = middle;
      else low = middle + 1;
    }
    return this.values[low]!;
  }
}
