import type { Distribution } from './distribution.js';
import type { Stream } from './stream.js';

/** A distribution of durations: what is drawn is rounded to whole nanoseconds, and nothing takes less than none. */
export class DurationDistribution implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly exact: Distribution;

  constructor(exact: Distribution) {
    this.mean = exact.isConstant ? wholeNs(exact.mean) : exact.mean;
    this.text = exact.text;
    this.isConstant = exact.isConstant;
    this.exact = exact;
  }

  sample(stream: Stream): number {
    return this.isConstant ? this.mean : wholeNs(this.exact.sample(stream));
  }
}

function wholeNs(value: number): number {
  return value > 0 ? Math.round(value) : 0;
}
