/**
 * 0 for a field that will hold times or fractions: a number that V8 does not take for a small integer. A field that begins with
 * a plain 0 is kept as one until the first large or broken number comes, seconds into a run, and all that was compiled for its
 * class is thrown away then.
 */
export const ZERO: number = -0;
