/** Half of what virtual time can count: whatever takes longer never comes. */
const LONGEST_NS: number = Number.MAX_SAFE_INTEGER / 2;

/** In how many nanoseconds an amount is reached at a rate a second: 0 if it is behind, Infinity if it never is. */
export function reachedInNs(amount: number, rate: number): number {
  if (amount < 0) return 0;
  if (rate === 0) return Number.POSITIVE_INFINITY;
  const delayNs = Math.ceil((amount / rate) * 1e9);
  return delayNs > LONGEST_NS ? Number.POSITIVE_INFINITY : delayNs;
}
