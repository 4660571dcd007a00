import type { Distribution } from './distribution.js';
import { exponentialQuantile } from './exponential-quantile.js';
import type { Stream } from './stream.js';

/** Memoryless waiting, by inversion: one draw a sample. */
export class Exponential implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;

  constructor(mean: number, text: string = `exponential(mean=${mean})`) {
    if (!(mean >= 0)) throw new Error(`exponential: mean must not be negative, not ${mean}`);
    this.mean = mean;
    this.text = text;
    this.isConstant = false;
  }

  sample(stream: Stream): number {
    return this.mean * exponentialQuantile(stream.uniform());
  }
}
