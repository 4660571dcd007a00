import type { Distribution } from './distribution.js';
import { normalQuantile } from './normal-quantile.js';
import type { Stream } from './stream.js';

/** Half a step of a stream's numbers: moves a draw from [0, 1) into the open interval (0, 1). */
const HALF_STEP: number = 2 ** -33;

/** A standard normal number by inversion: one draw. */
export function sampleNormal(stream: Stream): number {
  return normalQuantile(stream.uniform() + HALF_STEP);
}

/** The normal distribution. As a duration, what falls below zero counts as zero. */
export class Normal implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly sd: number;

  constructor(mean: number, sd: number, text: string = `normal(mean=${mean}, sd=${sd})`) {
    if (!(sd >= 0)) throw new Error(`normal: sd must not be negative, not ${sd}`);
    this.mean = mean;
    this.text = text;
    this.isConstant = false;
    this.sd = sd;
  }

  sample(stream: Stream): number {
    return this.mean + this.sd * sampleNormal(stream);
  }
}
