import type { Distribution } from './distribution.js';
import { exp } from './exp.js';
import { exponentialQuantile } from './exponential-quantile.js';
import { gamma } from './gamma.js';
import { ln } from './ln.js';
import type { Stream } from './stream.js';

/** P(X > x) = e^-(x/scale)^shape: lifetimes that age (shape above 1) or harden (below 1). */
export class Weibull implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly scale: number;
  private readonly shape: number;

  constructor(scale: number, shape: number, text: string = `weibull(scale=${scale}, shape=${shape})`) {
    if (!(scale >= 0)) throw new Error(`weibull: scale must not be negative, not ${scale}`);
    if (!(shape > 0)) throw new Error(`weibull: shape must be above zero, not ${shape}`);
    this.mean = scale * gamma(1 + 1 / shape);
    this.text = text;
    this.isConstant = false;
    this.scale = scale;
    this.shape = shape;
  }

  sample(stream: Stream): number {
    const exponential = exponentialQuantile(stream.uniform());
    return this.scale * exp(ln(exponential) / this.shape);
  }
}
