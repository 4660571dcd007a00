import { Histogram } from '../stats/histogram.js';
import { Rate } from '../stats/rate.js';
import type { WatchSeries } from './run-result.js';

/** Width of the buckets of the lag series. */
const BUCKET_NS = 1e9;

/** Deliveries to watchers since a moment: how many, and how long after their commit. */
export class WatchLog implements WatchSeries {
  readonly bucketNs: number = BUCKET_NS;
  readonly events: number[];
  readonly lagP50: number[];
  readonly lagP99: number[];
  readonly lagMax: number[];
  readonly rate: Rate;
  private readonly startNs: number;
  private readonly inBucket: Histogram;

  constructor(startNs: number) {
    this.startNs = startNs;
    this.events = [];
    this.lagP50 = [];
    this.lagP99 = [];
    this.lagMax = [];
    this.rate = new Rate(startNs);
    this.inBucket = new Histogram();
  }

  delivered(committedNs: number, nowNs: number): void {
    this.advance(Math.floor((nowNs - this.startNs) / BUCKET_NS));
    this.rate.add(nowNs);
    this.inBucket.record(nowNs - committedNs);
  }

  /** Ends the bucket under way. */
  close(nowNs: number): void {
    this.advance(Math.floor((nowNs - this.startNs) / BUCKET_NS) + 1);
  }

  private advance(bucket: number): void {
    while (this.events.length < bucket) {
      const { count, max } = this.inBucket;
      this.events.push(count);
      this.lagP50.push(this.inBucket.percentile(50) / 1e9);
      this.lagP99.push(this.inBucket.percentile(99) / 1e9);
      this.lagMax.push(count === 0 ? 0 : max / 1e9);
      if (count > 0) this.inBucket.clear();
    }
  }
}
