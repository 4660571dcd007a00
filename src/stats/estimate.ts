import { studentQuantile } from './student-t.js';

/** What is said when nothing else is asked for: 95 %. */
export const CONFIDENCE = 0.95;

/** A mean with what is known about it. */
export interface Estimate {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of one value; 0 for fewer than two. */
  readonly deviation: number;
  /** Half of the interval's width: Infinity while there are fewer than two values. */
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of independent values, and Student's interval around it (Law & Kelton, Simulation Modeling, §4.5). */
export function estimate(values: readonly number[], confidence: number = CONFIDENCE): Estimate {
  const count = values.length;
  const mean = meanOf(values);
  const deviation = count < 2 ? 0 : Math.sqrt(variance(values, mean));
  const halfWidth =
    count < 2 ? Number.POSITIVE_INFINITY : halfWidthOf(deviation / Math.sqrt(count), count - 1, confidence);
  return { count, mean, deviation, halfWidth, low: mean - halfWidth, high: mean + halfWidth };
}

/** Of a mean whose standard error is known with so many degrees of freedom. */
export function halfWidthOf(standardError: number, freedom: number, confidence: number): number {
  return standardError === 0 ? 0 : studentQuantile(confidence, freedom) * standardError;
}

/** Exact where all values are the same. */
export function meanOf(values: readonly number[]): number {
  const first = values[0] ?? Number.NaN;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}

/** Of a sample: divided by one less than there are values. */
export function variance(values: readonly number[], mean: number): number {
  let sum = 0;
  for (const value of values) sum += (value - mean) * (value - mean);
  return sum / (values.length - 1);
}
