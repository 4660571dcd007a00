/** Buckets per doubling; a bucket is at most 1/8 of its value wide. */
const PER_DOUBLING = 8;
const DOUBLING_BITS = 3;
/** Microseconds in 31 bits: up to 35 minutes, longer ones count as that. */
const LONGEST_US = 0x7fff_ffff;
const BUCKETS = (31 - DOUBLING_BITS) * PER_DOUBLING + PER_DOUBLING;

/** Columns of a heat map at most, and buckets that make one of its bands. */
const HEAT_COLUMNS = 160;
const HEAT_BUCKETS = 4;
const BANDS = BUCKETS / HEAT_BUCKETS;

/** Percentiles of one quantity, sample by sample, in seconds; 0 where nothing was recorded. */
export interface DurationSeries {
  readonly count: readonly number[];
  readonly p50: readonly number[];
  readonly p90: readonly number[];
  readonly p99: readonly number[];
  readonly max: readonly number[];
}

/** How many durations of each length there were over time: as dark as a heat map. */
export interface HeatSeries {
  /** Samples that a column stands for. */
  readonly samples: number;
  /** Bounds of the bands, seconds, ascending: one more than there are bands. */
  readonly edges: readonly number[];
  /** By column, then band. */
  readonly counts: readonly (readonly number[])[];
}

/** Durations by sample and length: a small histogram a sample, in one array, so that samples merge without loss. */
export class DurationGrid {
  private counts: Uint32Array;
  private longestNs: Float64Array;
  private row: number;

  constructor() {
    this.counts = new Uint32Array(16 * BUCKETS);
    this.longestNs = new Float64Array(16);
    this.row = 0;
  }

  record(durationNs: number): void {
    this.counts[this.row * BUCKETS + bucketOf(durationNs)]!++;
    if (durationNs > this.longestNs[this.row]!) this.longestNs[this.row] = durationNs;
  }

  /** The sample under way is sample `row`, which is not before the last. */
  moveTo(row: number): void {
    this.row = row;
    if (row < this.longestNs.length) return;
    const size = Math.max(2 * this.longestNs.length, row + 1);
    this.counts = widened(this.counts, new Uint32Array(size * BUCKETS));
    this.longestNs = widened(this.longestNs, new Float64Array(size));
  }

  /** Makes one sample of every two. */
  halve(): void {
    const rows = this.row + 1;
    for (let row = 0; row < rows; row++) this.fold(row);
    this.row = Math.floor(this.row / 2);
    this.counts.fill(0, (this.row + 1) * BUCKETS);
    this.longestNs.fill(0, this.row + 1);
  }

  private fold(row: number): void {
    const { counts, longestNs } = this;
    const half = row >> 1;
    const [from, to] = [row * BUCKETS, half * BUCKETS];
    if (row % 2 === 0) {
      counts.copyWithin(to, from, from + BUCKETS);
      longestNs[half] = longestNs[row]!;
      return;
    }
    for (let bucket = 0; bucket < BUCKETS; bucket++) counts[to + bucket]! += counts[from + bucket]!;
    longestNs[half] = Math.max(longestNs[half]!, longestNs[row]!);
  }

  /** Of the first `rows` samples. */
  series(rows: number): DurationSeries {
    const series = { count: [], p50: [], p90: [], p99: [], max: [] } as Record<keyof DurationSeries, number[]>;
    for (let row = 0; row < rows; row++) {
      const counts = this.counts.subarray(row * BUCKETS, (row + 1) * BUCKETS);
      const count = counts.reduce((sum, value) => sum + value, 0);
      const maxNs = this.longestNs[row] ?? 0;
      const percentile = (p: number): number => Math.min(maxNs, valueAt(counts, Math.ceil((p / 100) * count))) / 1e9;
      series.count.push(count);
      series.p50.push(count === 0 ? 0 : percentile(50));
      series.p90.push(count === 0 ? 0 : percentile(90));
      series.p99.push(count === 0 ? 0 : percentile(99));
      series.max.push(maxNs / 1e9);
    }
    return series;
  }

  /** Of the first `rows` samples; bands below the shortest and above the longest duration are left out. */
  heat(rows: number): HeatSeries {
    const samples = Math.max(1, Math.ceil(rows / HEAT_COLUMNS));
    const columns = Array.from({ length: Math.ceil(rows / samples) }, () => new Array<number>(BANDS).fill(0));
    for (let row = 0; row < rows; row++)
      for (let bucket = 0; bucket < BUCKETS; bucket++)
        columns[Math.floor(row / samples)]![Math.floor(bucket / HEAT_BUCKETS)]! += this.counts[row * BUCKETS + bucket]!;
    const used = (band: number): boolean => columns.some((column) => column[band]! > 0);
    let [first, end] = [0, BANDS];
    while (first < end && !used(first)) first++;
    while (end > first && !used(end - 1)) end--;
    return {
      samples,
      edges: Array.from({ length: end - first + 1 }, (_, at) => lowestUs((first + at) * HEAT_BUCKETS) / 1e6),
      counts: columns.map((column) => column.slice(first, end)),
    };
  }
}

function bucketOf(durationNs: number): number {
  const us = Math.min(LONGEST_US, Math.floor(durationNs / 1e3));
  if (us < PER_DOUBLING) return us;
  const shift = 31 - Math.clz32(us) - DOUBLING_BITS;
  return (shift << DOUBLING_BITS) + (us >>> shift);
}

/** The middle of the bucket that holds the value of a rank, ns. */
function valueAt(counts: Uint32Array, rank: number): number {
  let bucket = 0;
  let seen = counts[0]!;
  while (seen < rank) seen += counts[++bucket]!;
  return ((lowestUs(bucket) + lowestUs(bucket + 1)) / 2) * 1e3;
}

/** The shortest duration of a bucket, µs. */
function lowestUs(bucket: number): number {
  if (bucket < PER_DOUBLING) return bucket;
  const shift = (bucket >> DOUBLING_BITS) - 1;
  return (bucket - (shift << DOUBLING_BITS)) * 2 ** shift;
}

function widened<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
