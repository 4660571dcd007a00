import { exp } from './exp.js';
import { ln } from './ln.js';

// Lanczos's approximation with g = 7 and nine terms: 15 digits.
const COEFFICIENTS: readonly number[] = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
];
const SQRT_TWO_PI = 2.5066282746310002;

/** The gamma function Γ(x) for x >= 1. */
export function gamma(x: number): number {
  const shifted = x - 1;
  const base = shifted + 7.5;
  let sum = COEFFICIENTS[0]!;
  for (let index = 1; index < COEFFICIENTS.length; index++) sum += COEFFICIENTS[index]! / (shifted + index);
  return SQRT_TWO_PI * exp((shifted + 0.5) * ln(base) - base) * sum;
}
