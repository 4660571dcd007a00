import { CONFIDENCE, type Estimate, estimate, halfWidthOf, meanOf, variance } from './estimate.js';

/** How one variant differs from another. */
export interface Difference extends Estimate {
  /** `paired`: run for run on the same random numbers; `independent`: Welch's. */
  readonly kind: 'paired' | 'independent';
  /** The difference as a share of the first mean; NaN where that is 0. */
  readonly effect: number;
  /** Which way it goes, if the interval says so: nothing is claimed while it holds zero. */
  readonly direction: 'less' | 'more' | 'unclear';
}

/** `b` minus `a`, pair by pair: what the two share (the same random numbers) cancels out. */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  confidence: number = CONFIDENCE,
): Difference {
  if (a.length !== b.length)
    throw new RangeError(`pairs need as many of the one as of the other: ${a.length}, ${b.length}`);
  const differences = b.map((value, index) => value - a[index]!);
  return described('paired', estimate(differences, confidence), meanOf(a));
}

/** `b` minus `a` for independent samples that may be unlike in size and variance (Welch 1947, Satterthwaite's freedom). */
export function welchDifference(
  a: readonly number[],
  b: readonly number[],
  confidence: number = CONFIDENCE,
): Difference {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  const count = Math.min(a.length, b.length);
  const mean = meanB - meanA;
  if (count < 2) {
    const unknown = {
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      halfWidth: Number.POSITIVE_INFINITY,
    };
    return described('independent', { count, mean, deviation: 0, ...unknown }, meanA);
  }
  const partA = variance(a, meanA) / a.length;
  const partB = variance(b, meanB) / b.length;
  const squared = partA + partB;
  const freedom =
    squared === 0 ? 1 : (squared * squared) / ((partA * partA) / (a.length - 1) + (partB * partB) / (b.length - 1));
  const halfWidth = halfWidthOf(Math.sqrt(squared), freedom, confidence);
  const deviation = Math.sqrt(squared * count);
  return described(
    'independent',
    { count, mean, deviation, halfWidth, low: mean - halfWidth, high: mean + halfWidth },
    meanA,
  );
}

function described(kind: Difference['kind'], difference: Estimate, base: number): Difference {
  const { low, high, mean } = difference;
  const direction = low > 0 ? 'more' : high < 0 ? 'less' : 'unclear';
  return { ...difference, kind, effect: base === 0 ? Number.NaN : mean / Math.abs(base), direction };
}
