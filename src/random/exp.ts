import { withHighWord } from './double-bits.js';
import { LN2_HIGH, LN2_LOW } from './ln.js';

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

/** e^x from + − × ÷ alone, within two units in the last place, the same on every machine. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  const k = Math.round(x * Math.LOG2E);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  // e^r by Taylor: |r| < 0.347, and r^14/14! is below half a unit in the last place.
  let sum = 1 / 6227020800;
  for (let index = INVERSE_FACTORIALS.length - 1; index >= 0; index--) sum = sum * r + INVERSE_FACTORIALS[index]!;
  const value = 1 + (high - (low - sum * r * r));
  return k > 1000
    ? value * powerOfTwo(k - 1) * 2
    : k < -1000
      ? value * powerOfTwo(k + 100) * TWO_POW_MINUS_100
      : value * powerOfTwo(k);
}

const TWO_POW_MINUS_100: number = 2 ** -100;

/** 1/2!, 1/3!, … 1/12!. */
const INVERSE_FACTORIALS: readonly number[] = [
  1 / 2,
  1 / 6,
  1 / 24,
  1 / 120,
  1 / 720,
  1 / 5040,
  1 / 40320,
  1 / 362880,
  1 / 3628800,
  1 / 39916800,
  1 / 479001600,
];

/** 2^k for k in [-1022, 1023]. */
function powerOfTwo(k: number): number {
  return withHighWord(1, (1023 + k) << 20);
}
