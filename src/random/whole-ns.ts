/** 26 days: four of them, one after the other, still end at a moment that a number holds exactly (2^53 ns). */
const LONGEST_NS: number = 2 ** 51;

/** A duration in whole nanoseconds: not less than none, and not longer than what can be scheduled. */
export function wholeNs(value: number): number {
  // Not Math.round: it looks which half of a nanosecond a time is in, and no processor foretells that of random times.
  return value >= 0.5 ? Math.min(Math.floor(value + 0.5), LONGEST_NS) : 0;
}
