import { ln } from './ln.js';

type Coefficients = readonly [number, number, number, number, number, number, number, number];

// The coefficients of Wichura's algorithm AS 241 (PPND16), Applied Statistics 37 (1988): numerators and denominators
// for the middle, the shoulders and the tails.
const MIDDLE: Coefficients = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const MIDDLE_BELOW: Coefficients = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const SHOULDER: Coefficients = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const SHOULDER_BELOW: Coefficients = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const TAIL: Coefficients = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const TAIL_BELOW: Coefficients = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

/**
 * The z with P(Z <= z) = p for a standard normal Z and p in (0, 1), to 16 digits. Inversion costs one draw a sample
 * whatever the value, so that two variants of a model stay in step on the same stream.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * evaluate(MIDDLE, r)) / evaluate(MIDDLE_BELOW, r);
  }
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? evaluate(SHOULDER, r - 1.6) / evaluate(SHOULDER_BELOW, r - 1.6)
      : evaluate(TAIL, r - 5) / evaluate(TAIL_BELOW, r - 5);
  return q < 0 ? -z : z;
}

function evaluate(c: Coefficients, r: number): number {
  return ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
}
