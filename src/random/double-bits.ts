// One double seen as two words; written before it is read in every use, so it carries nothing from call to call.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Where the word with sign and exponent lies: 1 where the low word comes first. */
const HIGH: number = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The upper 32 bits of a double: sign, 11 bits of exponent, 20 of the fraction. */
export function highWord(value: number): number {
  double[0] = value;
  return words[HIGH]!;
}

/** The double with another upper word. */
export function withHighWord(value: number, high: number): number {
  double[0] = value;
  words[HIGH] = high;
  return double[0];
}
