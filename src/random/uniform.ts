import type { Distribution } from './distribution.js';
import type { Stream } from './stream.js';

/** Every value in [min, max) alike. */
export class Uniform implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly min: number;
  private readonly width: number;

  constructor(min: number, max: number, text: string = `uniform(min=${min}, max=${max})`) {
    if (!(min <= max)) throw new Error(`uniform: min (${min}) must not be above max (${max})`);
    if (!(min >= 0)) throw new Error(`uniform: min must not be negative, not ${min}`);
    this.mean = (min + max) / 2;
    this.text = text;
    this.isConstant = false;
    this.min = min;
    this.width = max - min;
  }

  sample(stream: Stream): number {
    return this.min + this.width * stream.uniform();
  }
}
