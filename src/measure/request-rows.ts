import { newColumn, roomFor, widened } from '../api/columns.js';
import type { RequestSeries } from './run-result.js';

/** More rows than this and the buckets get wider: an hour of a cluster in which twenty sorts of requests come every second. */
const ROWS_MAX = 2 ** 16;
const ROWS_MIN = 64;

/**
 * Requests by time bucket and sort, a row each, in order of bucket and then key. Buckets double in width when there are
 * too many rows: their counts add up, so a week takes no more memory than an afternoon.
 */
export class RequestRows {
  bucketNs: number;
  length: number;
  private buckets: Int32Array;
  private keys: Int32Array;
  private counts: Int32Array;
  private readonly rowsMax: number;

  constructor(bucketNs: number, rowsMax: number = ROWS_MAX) {
    this.bucketNs = bucketNs;
    this.length = 0;
    this.buckets = newColumn(Int32Array, ROWS_MIN);
    this.keys = newColumn(Int32Array, ROWS_MIN);
    this.counts = newColumn(Int32Array, ROWS_MIN);
    this.rowsMax = rowsMax;
  }

  /** The rows so far, as lists. */
  lists(): Pick<RequestSeries, 'bucket' | 'key' | 'count'> {
    const list = (column: Int32Array): number[] => Array.from(column.subarray(0, this.length));
    return { bucket: list(this.buckets), key: list(this.keys), count: list(this.counts) };
  }

  push(bucket: number, key: number, count: number): void {
    if (this.length === this.buckets.length) this.grow();
    this.write(this.length++, bucket, key, count);
  }

  /** Before anything of bucket `next` is counted: whether the buckets are twice as wide from now on. */
  widen(next: number): boolean {
    // A bucket of two must be whole: its first half may not be written yet when its second begins.
    if (this.length <= this.rowsMax || next % 2 === 1) return false;
    const { buckets, keys, counts, length } = this;
    const sums = new Map<number, number>();
    let written = 0;
    for (let row = 0; row < length; ) {
      const wide = Math.floor(buckets[row]! / 2);
      sums.clear();
      for (; row < length && Math.floor(buckets[row]! / 2) === wide; row++)
        sums.set(keys[row]!, (sums.get(keys[row]!) ?? 0) + counts[row]!);
      for (const key of [...sums.keys()].sort((a, b) => a - b)) this.write(written++, wide, key, sums.get(key)!);
    }
    this.length = written;
    this.bucketNs *= 2;
    return true;
  }

  private write(row: number, bucket: number, key: number, count: number): void {
    this.buckets[row] = bucket;
    this.keys[row] = key;
    this.counts[row] = count;
  }

  private grow(): void {
    const rows = roomFor(this.length + 1, this.length);
    this.buckets = widened(this.buckets, rows);
    this.keys = widened(this.keys, rows);
    this.counts = widened(this.counts, rows);
  }
}
