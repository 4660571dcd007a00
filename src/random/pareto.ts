import type { Distribution } from './distribution.js';
import { exp } from './exp.js';
import { exponentialQuantile } from './exponential-quantile.js';
import type { Stream } from './stream.js';

/** P(X > x) = (scale/x)^shape for x >= scale: a few values much larger than the rest. No mean up to shape 1. */
export class Pareto implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly scale: number;
  private readonly shape: number;

  constructor(scale: number, shape: number, text: string = `pareto(scale=${scale}, shape=${shape})`) {
    if (!(scale >= 0)) throw new Error(`pareto: scale must not be negative, not ${scale}`);
    if (!(shape > 0)) throw new Error(`pareto: shape must be above zero, not ${shape}`);
    this.mean = shape > 1 ? (shape * scale) / (shape - 1) : Number.POSITIVE_INFINITY;
    this.text = text;
    this.isConstant = false;
    this.scale = scale;
    this.shape = shape;
  }

  sample(stream: Stream): number {
    return this.scale * exp(exponentialQuantile(stream.uniform()) / this.shape);
  }
}
