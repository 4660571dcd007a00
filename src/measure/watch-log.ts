import { newColumn, roomFor, widened } from '../api/columns.js';
import { Histogram } from '../stats/histogram.js';
import { Rate } from '../stats/rate.js';
import type { WatchSeries } from './run-result.js';

/** Width of the buckets of the lag series. */
const BUCKET_NS = 1e9;

/** Deliveries to watchers since a moment: how many, and how long after their commit. The series are there once it is closed. */
export class WatchLog implements WatchSeries {
  readonly bucketNs: number = BUCKET_NS;
  events: readonly number[];
  lagP50: readonly number[];
  lagP99: readonly number[];
  lagMax: readonly number[];
  readonly rate: Rate;
  private readonly startNs: number;
  private readonly inBucket: Histogram;
  /** By bucket: there are as many as a run has seconds, and a list that grows has room for half as many again. */
  private counts: Uint32Array;
  private medians: Float64Array;
  private nearlyWorst: Float64Array;
  private worst: Float64Array;
  private buckets: number;

  constructor(startNs: number) {
    this.startNs = startNs;
    this.events = [];
    this.lagP50 = [];
    this.lagP99 = [];
    this.lagMax = [];
    this.rate = new Rate(startNs);
    this.inBucket = new Histogram();
    this.counts = newColumn(Uint32Array, 64);
    this.medians = newColumn(Float64Array, 64);
    this.nearlyWorst = newColumn(Float64Array, 64);
    this.worst = newColumn(Float64Array, 64);
    this.buckets = 0;
  }

  delivered(committedNs: number, nowNs: number): void {
    this.advance(Math.floor((nowNs - this.startNs) / BUCKET_NS));
    this.rate.add(nowNs);
    this.inBucket.record(nowNs - committedNs);
  }

  /** Ends the bucket under way, and with it the series. */
  close(nowNs: number): void {
    this.advance(Math.floor((nowNs - this.startNs) / BUCKET_NS) + 1);
    const { buckets } = this;
    this.events = Array.from(this.counts.subarray(0, buckets));
    this.lagP50 = Array.from(this.medians.subarray(0, buckets));
    this.lagP99 = Array.from(this.nearlyWorst.subarray(0, buckets));
    this.lagMax = Array.from(this.worst.subarray(0, buckets));
  }

  private advance(bucket: number): void {
    while (this.buckets < bucket) {
      const { count, max } = this.inBucket;
      if (this.buckets === this.counts.length) this.grow();
      this.counts[this.buckets] = count;
      this.medians[this.buckets] = this.inBucket.percentile(50) / 1e9;
      this.nearlyWorst[this.buckets] = this.inBucket.percentile(99) / 1e9;
      this.worst[this.buckets] = count === 0 ? 0 : max / 1e9;
      this.buckets++;
      if (count > 0) this.inBucket.clear();
    }
  }

  private grow(): void {
    const rows = roomFor(this.buckets + 1, this.buckets);
    this.counts = widened(this.counts, rows);
    this.medians = widened(this.medians, rows);
    this.nearlyWorst = widened(this.nearlyWorst, rows);
    this.worst = widened(this.worst, rows);
  }
}
