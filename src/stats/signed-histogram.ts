import { Histogram } from './histogram.js';
import { nearestRank } from './percentiles.js';

/** A histogram of values of either sign, such as the time by which something came before or after something else. */
export class SignedHistogram {
  private readonly below: Histogram = new Histogram();
  private readonly rest: Histogram = new Histogram();

  get count(): number {
    return this.below.count + this.rest.count;
  }

  /** The largest value; −∞ if there are none. */
  get max(): number {
    return this.rest.count > 0 ? this.rest.max : -this.below.min;
  }

  record(value: number): void {
    if (value < 0) this.below.record(-value);
    else this.rest.record(value);
  }

  /** The p-th percentile by nearest rank, p in [0, 100], within 0.4 %; 0 if there are no values. */
  percentile(p: number): number {
    if (this.count === 0) return 0;
    const { below, rest } = this;
    const rank = nearestRank(p, this.count);
    return rank > below.count ? rest.atRank(rank - below.count) : -below.atRank(below.count - rank + 1);
  }
}
