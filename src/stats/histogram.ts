import { highWord, withHighWord } from '../random/double-bits.js';
import { nearestRank } from './percentiles.js';

/** Buckets per doubling: a bucket is 1/128 of its value wide, so its middle is off by at most 0.39 %. */
const BUCKETS_SHIFT = 7;

/** A histogram as plain data: counts of buckets from the first used to the last. */
export interface HistogramData {
  readonly zeros: number;
  readonly firstBucket: number;
  readonly counts: readonly number[];
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/**
 * A log-linear histogram of values that are not negative. Count, sum, min, max and mean are exact; percentiles are within
 * 0.4 %. Recording costs a few nanoseconds, two histograms merge exactly, and memory grows with the number of
 * doublings between the smallest and the largest value only (512 bytes each).
 */
export class Histogram {
  count: number;
  sum: number;
  min: number;
  max: number;
  private zeros: number;
  private firstBucket: number;
  private counts: Float64Array;

  constructor() {
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.zeros = 0;
    this.firstBucket = 0;
    this.counts = new Float64Array(0);
  }

  record(value: number): void {
    this.recordMany(value, 1);
  }

  /** Records a value `count` times. */
  recordMany(value: number, count: number): void {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) refuse(value);
    if (count === 0) return;
    this.count += count;
    this.sum += value * count;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (value === 0) this.zeros += count;
    else this.addToBucket(this.bucketOf(value), count);
  }

  /** Forgets all values, and keeps the room for their like. */
  clear(): void {
    this.count = 0;
    this.sum = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.zeros = 0;
    this.counts.fill(0);
  }

  /** The mean of all values, 0 if there are none. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /** The p-th percentile by nearest rank, p in [0, 100], within 0.4 %; 0 if there are no values. */
  percentile(p: number): number {
    return this.count === 0 ? 0 : this.atRank(nearestRank(p, this.count));
  }

  /** The value that so many, of at least one, are not above: rank 1 is the smallest. Within 0.4 %. */
  atRank(rank: number): number {
    if (rank >= this.count) return this.max;
    let seen = this.zeros;
    if (rank <= seen) return 0;
    let index = 0;
    while (index < this.counts.length - 1 && seen + this.counts[index]! < rank) seen += this.counts[index++]!;
    return Math.min(this.max, Math.max(this.min, this.middleOf(this.firstBucket + index)));
  }

  /** How many values are at most this one, within 0.4 % of it. */
  countUpTo(value: number): number {
    if (value < this.min) return 0;
    if (value >= this.max) return this.count;
    let count = this.zeros;
    for (let index = 0; index < this.counts.length; index++) {
      if (this.middleOf(this.firstBucket + index) > value) break;
      count += this.counts[index]!;
    }
    return count;
  }

  /** Adds everything another histogram has recorded. */
  merge(other: Histogram): void {
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.zeros += other.zeros;
    for (let index = 0; index < other.counts.length; index++) {
      if (other.counts[index] !== 0) this.addToBucket(other.firstBucket + index, other.counts[index]!);
    }
  }

  toJSON(): HistogramData {
    const { zeros, sum, min, max } = this;
    let first = 0;
    let end = this.counts.length;
    while (first < end && this.counts[first] === 0) first++;
    while (end > first && this.counts[end - 1] === 0) end--;
    const counts = Array.from(this.counts.subarray(first, end));
    return { zeros, firstBucket: this.firstBucket + first, counts, sum, min, max };
  }

  static fromJSON(data: HistogramData): Histogram {
    const histogram = new Histogram();
    histogram.zeros = data.zeros;
    histogram.firstBucket = data.firstBucket;
    histogram.counts = Float64Array.from(data.counts);
    histogram.count = data.counts.reduce((total, count) => total + count, data.zeros);
    histogram.sum = data.sum;
    histogram.min = data.min;
    histogram.max = data.max;
    return histogram;
  }

  /** Exponent and leading bits of the fraction, read off the double itself: the bucket without a logarithm. */
  private bucketOf(value: number): number {
    return highWord(value) >>> (20 - BUCKETS_SHIFT);
  }

  private middleOf(bucket: number): number {
    return withHighWord(0, (bucket << (20 - BUCKETS_SHIFT)) | (1 << (19 - BUCKETS_SHIFT)));
  }

  private addToBucket(bucket: number, count: number): void {
    const index = bucket - this.firstBucket;
    if (index >= 0 && index < this.counts.length) this.counts[index]! += count;
    else this.widen(bucket)[bucket - this.firstBucket]! += count;
  }

  /** Makes room for a bucket, a whole doubling at a time. */
  private widen(bucket: number): Float64Array {
    const doubling = 1 << BUCKETS_SHIFT;
    const used = this.counts.length > 0;
    const start = bucket - (bucket % doubling);
    const first = used ? Math.min(this.firstBucket, start) : start;
    const end = Math.max(used ? this.firstBucket + this.counts.length : 0, start + doubling);
    const counts = new Float64Array(end - first);
    counts.set(this.counts, used ? this.firstBucket - first : 0);
    this.firstBucket = first;
    this.counts = counts;
    return counts;
  }
}

/** Apart: where one number goes to several histograms, the compiler would make its text first, and then record it. */
function refuse(value: number): never {
  throw new RangeError(`a histogram takes no ${value}`);
}
