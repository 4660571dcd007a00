/**
 * Exact percentiles by nearest rank: pN is the smallest value such that N % of all are not above it. Gives one value
 * per entry of `ps` (0 to 100), NaN if there are no values. The values are left as they are.
 */
export function percentiles(values: Float64Array | readonly number[], ps: readonly number[]): number[] {
  return percentilesOfSorted(Float64Array.from(values).sort(), ps);
}

/** The same of values that ascend. */
export function percentilesOfSorted(sorted: Float64Array, ps: readonly number[]): number[] {
  return ps.map((p) => (sorted.length === 0 ? Number.NaN : sorted[nearestRank(p, sorted.length) - 1]!));
}

/** The rank, from 1, of the p-th percentile among `count` sorted values. */
export function nearestRank(p: number, count: number): number {
  // p·count/100 in this order is exact for integer p; the last bit must not lift a whole rank to the next.
  return Math.max(1, Math.ceil((p * count) / 100));
}
