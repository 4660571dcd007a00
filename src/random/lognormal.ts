import type { Distribution } from './distribution.js';
import { exp } from './exp.js';
import { ln } from './ln.js';
import { sampleNormal } from './normal.js';
import { normalQuantile } from './normal-quantile.js';
import type { Stream } from './stream.js';

const Z99: number = normalQuantile(0.99);

/** The logarithm is normal: the usual shape of service times, with a long tail. */
export class Lognormal implements Distribution {
  readonly mean: number;
  readonly text: string;
  readonly isConstant: boolean;
  private readonly mu: number;
  private readonly sigma: number;

  /** `mu` and `sigma` are mean and deviation of the logarithm. */
  constructor(mu: number, sigma: number, text: string = `lognormal(mu=${mu}, sigma=${sigma})`) {
    this.mean = exp(mu + (sigma * sigma) / 2);
    this.text = text;
    this.isConstant = false;
    this.mu = mu;
    this.sigma = sigma;
  }

  /** By its median and its 99th percentile. */
  static ofPercentiles(p50: number, p99: number, text: string = `lognormal(p50=${p50}, p99=${p99})`): Lognormal {
    if (!(p50 > 0)) throw new Error(`lognormal: p50 must be above zero, not ${p50}`);
    if (!(p99 >= p50)) throw new Error(`lognormal: p99 (${p99}) must not be below p50 (${p50})`);
    return new Lognormal(ln(p50), ln(p99 / p50) / Z99, text);
  }

  /** By its own mean and standard deviation. */
  static ofMoments(mean: number, sd: number, text: string = `lognormal(mean=${mean}, sd=${sd})`): Lognormal {
    if (!(mean > 0)) throw new Error(`lognormal: mean must be above zero, not ${mean}`);
    if (!(sd >= 0)) throw new Error(`lognormal: sd must not be negative, not ${sd}`);
    const variance = ln(1 + (sd / mean) * (sd / mean));
    return new Lognormal(ln(mean) - variance / 2, Math.sqrt(variance), text);
  }

  sample(stream: Stream): number {
    return exp(this.mu + this.sigma * sampleNormal(stream));
  }
}
