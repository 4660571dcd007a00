import type { Distribution } from './distribution.js';
import type { Stream } from './stream.js';
import { wholeNs } from './whole-ns.js';

/**
 * A distribution of durations: what is drawn is rounded to whole nanoseconds, nothing takes less than none or
 * more than 26 days.
 */
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
