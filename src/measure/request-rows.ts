/** More rows than this and the buckets get wider: an hour of a cluster in which twenty sorts of requests come every second. */
const ROWS_MAX = 2 ** 16;

/**
 * Requests by time bucket and sort, a row each, in order of bucket and then key. Buckets double in width when there are
 * too many rows: their counts add up, so a week takes no more memory than an afternoon.
 */
export class RequestRows {
  bucketNs: number;
  readonly bucket: number[];
  readonly key: number[];
  readonly count: number[];
  private readonly rowsMax: number;

  constructor(bucketNs: number, rowsMax: number = ROWS_MAX) {
    this.bucketNs = bucketNs;
    this.bucket = [];
    this.key = [];
    this.count = [];
    this.rowsMax = rowsMax;
  }

  push(bucket: number, key: number, count: number): void {
    this.bucket.push(bucket);
    this.key.push(key);
    this.count.push(count);
  }

  /** Before anything of bucket `next` is counted: whether the buckets are twice as wide from now on. */
  widen(next: number): boolean {
    // A bucket of two must be whole: its first half may not be written yet when its second begins.
    if (this.bucket.length <= this.rowsMax || next % 2 === 1) return false;
    const rows = this.bucket.length;
    const sums = new Map<number, number>();
    let written = 0;
    for (let row = 0; row < rows; ) {
      const wide = Math.floor(this.bucket[row]! / 2);
      sums.clear();
      for (; row < rows && Math.floor(this.bucket[row]! / 2) === wide; row++)
        sums.set(this.key[row]!, (sums.get(this.key[row]!) ?? 0) + this.count[row]!);
      for (const key of [...sums.keys()].sort((a, b) => a - b)) {
        this.bucket[written] = wide;
        this.key[written] = key;
        this.count[written++] = sums.get(key)!;
      }
    }
    for (const column of [this.bucket, this.key, this.count]) column.length = written;
    this.bucketNs *= 2;
    return true;
  }
}
