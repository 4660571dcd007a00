const INT32_MAX = 2 ** 31 - 1;
const INT32_MIN = -(2 ** 31);

/** A number as Go converts it to 32 bits on amd64: cut off, and the smallest integer where it does not fit. */
export function toInt32(value: number): number {
  const whole = Math.trunc(value) + 0;
  return whole > INT32_MAX || whole < INT32_MIN || Number.isNaN(whole) ? INT32_MIN : whole;
}
