import { incompleteBeta } from './incomplete-beta.js';

/** P(T <= t) for Student's t with `freedom` degrees of freedom, which need not be whole. */
export function studentCdf(t: number, freedom: number): number {
  if (!(freedom >= 1)) throw new RangeError(`Student's t needs a degree of freedom, not ${freedom}`);
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** The t with P(|T| <= t) = `confidence`: what half-widths of intervals are made of. */
export function studentQuantile(confidence: number, freedom: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence lies between 0 and 1, not at ${confidence}`);
  const outside = 1 - confidence;
  const beyond = (t: number): number => incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  let low = 0;
  let high = 1;
  while (beyond(high) > outside) high *= 2;
  // Bisection to the last bit: the function is monotonic, and a few dozen evaluations cost microseconds.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (beyond(middle) > outside) low = middle;
    else high = middle;
  }
}
