import { highWord, withHighWord } from './double-bits.js';

/** ln 2 in two parts: the first has 32 bits, so that its product with an exponent is exact. */
export const LN2_HIGH: number = 0.6931471803691238;
export const LN2_LOW: number = 1.9082149292705877e-10;
const TWO_POW_54: number = 2 ** 54;
/** The upper word of the fraction of √2: above it a fraction is halved, so that it stays within [√½, √2]. */
const SQRT2_FRACTION = 0x6a09e;

/**
 * The natural logarithm from + − × ÷ alone, within one unit in the last place or two, the same on every machine:
 * `Math.log` may differ between engines. x = 2^k (1+f), and ln(1+f) = 2 artanh(s) with s = f/(2+f), |s| < 0.172.
 */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let high = highWord(x);
  let exponent = -1023;
  let value = x;
  if (high < 0x100000) {
    value = x * TWO_POW_54;
    high = highWord(value);
    exponent -= 54;
  }
  const fraction = high & 0xfffff;
  const halved = fraction > SQRT2_FRACTION ? 1 : 0;
  exponent += (high >>> 20) + halved;
  const f = withHighWord(value, fraction | ((1023 - halved) << 20)) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  // 2 (z/3 + z²/5 + z³/7 + …), even and odd powers apart so that they are computed side by side.
  const odd = 2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19))));
  const even = 2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21))));
  const tail = z * odd + w * even;
  return exponent * LN2_HIGH - (s * (f - tail) - exponent * LN2_LOW - f);
}
