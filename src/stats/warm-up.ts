/** Values a batch of MSER-5. */
const BATCH = 5;

/**
 * How many values of a series to leave out as its warm-up, by MSER-5 (White, Cobb & Spratt 2000): of all beginnings of
 * whole batches of five up to half of the series, the one whose rest has the smallest squared standard error.
 */
export function mser5(values: readonly number[]): number {
  const batches = batchMeans(values, Math.floor(values.length / BATCH));
  let best = 0;
  let bestError = Number.POSITIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  // From the back: each step takes one more batch into the rest. Values are taken relative to the last for precision.
  const reference = batches.at(-1) ?? 0;
  for (let start = batches.length - 1; start >= 0; start--) {
    const value = batches[start]! - reference;
    sum += value;
    squares += value * value;
    const count = batches.length - start;
    if (start > batches.length / 2) continue;
    const error = Math.max(0, squares - (sum * sum) / count) / (count * count);
    if (error > bestError) continue;
    bestError = error;
    best = start;
  }
  return best * BATCH;
}

/** The means of so many batches of equal length, as many values as do not fill one left out at the end. */
export function batchMeans(values: readonly number[], batches: number): number[] {
  const length = batches === 0 ? 0 : Math.floor(values.length / batches);
  return Array.from({ length: length === 0 ? 0 : batches }, (_, batch) => {
    let sum = 0;
    for (let index = batch * length; index < (batch + 1) * length; index++) sum += values[index]!;
    return sum / length;
  });
}
