import { Exponential } from '../../random/exponential.js';
import type { Stream } from '../../random/stream.js';

const SECOND_NS = 1e9;

/** When the requests of an open load are sent: each as long after the start as it says, in order. */
export interface Arrivals {
  /** Of request `index`, the one after the last that was asked for; ns since the start. */
  atNs(index: number, stream: Stream): number;
}

/** So many a second, at equal intervals (ClusterLoader2: QPSLoad). */
export class ConstantArrivals implements Arrivals {
  private readonly rate: number;

  constructor(rate: number) {
    this.rate = rate;
  }

  atNs(index: number): number {
    return Math.floor((index * SECOND_NS) / this.rate);
  }
}

/** So many a second on average, at random moments (RandomizedLoad). */
export class PoissonArrivals implements Arrivals {
  private readonly gap: Exponential;
  private lastNs: number;

  constructor(rate: number) {
    this.gap = new Exponential(SECOND_NS / rate, '');
    this.lastNs = 0;
  }

  atNs(_index: number, stream: Stream): number {
    this.lastNs += Math.round(this.gap.sample(stream));
    return this.lastNs;
  }
}

/** So many at once, again and again (SteppedLoad). */
export class SteppedArrivals implements Arrivals {
  private readonly burst: number;
  private readonly everyNs: number;

  constructor(burst: number, everyNs: number) {
    this.burst = burst;
    this.everyNs = everyNs;
  }

  atNs(index: number): number {
    return Math.floor(index / this.burst) * this.everyNs;
  }
}

/** A rate that rises or falls evenly, and then stays. */
export class RampArrivals implements Arrivals {
  private readonly from: number;
  private readonly to: number;
  private readonly overS: number;

  constructor(from: number, to: number, overNs: number) {
    this.from = from;
    this.to = to;
    this.overS = overNs / SECOND_NS;
  }

  /** The n-th comes when the area under the rate is n: from·t + (to − from)·t² / 2·over = n. */
  atNs(index: number): number {
    const { from, to, overS } = this;
    const within = ((from + to) * overS) / 2;
    if (index >= within) return Math.floor((overS + (index - within) / to) * SECOND_NS);
    const slope = (to - from) / overS;
    // Solved so that a slope of nothing divides by nothing.
    return Math.floor(((2 * index) / (from + Math.sqrt(from * from + 2 * slope * index))) * SECOND_NS);
  }
}

/** All of them evenly over a time (TimeLimitedLoad). */
export class SpreadArrivals implements Arrivals {
  private readonly overNs: number;
  private readonly count: number;

  constructor(overNs: number, count: number) {
    this.overNs = overNs;
    this.count = count;
  }

  atNs(index: number): number {
    return Math.floor((index * this.overNs) / this.count);
  }
}
