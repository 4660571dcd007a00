/** What one priority level asks of a common stock of seats; target ≥ least ≥ 0 and most ≥ least. */
export interface SeatClaim {
  readonly target: number;
  readonly least: number;
  readonly most: number;
}

export interface SeatAllocation {
  /** To each claim, in order; they sum up to the stock. */
  readonly seats: readonly number[];
  /** Every claim gets this part of its target, or the bound that keeps it from that. */
  readonly fairProportion: number;
}

/** A target below it counts as this much, so that nothing is divided by zero. */
const TARGET_MIN = 0.001;
const EPSILON = 1e-7;

/**
 * Divides a stock of seats so that every claim gets the same proportion of its target as far as its bounds allow;
 * `undefined` where the bounds leave no way (util/flowcontrol/conc_alloc.go computeConcurrencyAllocation).
 */
export function allocateSeats(stock: number, asked: readonly SeatClaim[]): SeatAllocation | undefined {
  if (stock < 0 || asked.some(({ target, least, most }) => least < 0 || target < least || most < least))
    return undefined;
  const claims = asked.map(({ target, least, most }) => ({ target: Math.max(target, TARGET_MIN), least, most }));
  const leastSum = sum(claims.map(({ least }) => least));
  const mostSum = sum(claims.map(({ most }) => most));
  if (leastSum - stock > EPSILON || stock - mostSum > EPSILON) return undefined;
  if (stock === 0) return { seats: claims.map(() => 0), fairProportion: 0 };
  const leastProportions = claims.map(({ least, target }) => least / target);
  const mostProportions = claims.map(({ most, target }) => most / target);
  const lowest = Math.min(...leastProportions);
  if (leastSum - stock > -EPSILON) return { seats: claims.map(({ least }) => least), fairProportion: lowest };
  if (stock - mostSum > -EPSILON) {
    return { seats: claims.map(({ most }) => most), fairProportion: Math.max(...mostProportions) };
  }
  const unbounded = stock / sum(claims.map(({ target }) => target));
  const bounded = Math.max(...leastProportions) > unbounded || unbounded > Math.min(...mostProportions);
  const fairProportion = bounded ? boundedProportion(stock, claims, leastSum, lowest) : unbounded;
  if (fairProportion === undefined) return undefined;
  const seats = claims.map(({ target, least, most }) => Math.max(least, Math.min(most, fairProportion * target)));
  return { seats, fairProportion };
}

/** A proportion from which on a claim grows with the proportion, or no longer does. */
interface Bound {
  readonly proportion: number;
  readonly growing: 1 | -1;
  readonly target: number;
}

/** Raises the proportion from bound to bound until the claims sum up to the stock. */
function boundedProportion(
  stock: number,
  claims: readonly SeatClaim[],
  leastSum: number,
  lowest: number,
): number | undefined {
  const bounds = ascendingBounds(claims);
  let proportion = lowest;
  let total = leastSum;
  let growing = 0;
  let growingTarget = 0;
  let next = 0;
  while (total < stock) {
    for (; next < bounds.length && bounds[next]!.proportion <= proportion; next++) {
      growing += bounds[next]!.growing;
      growingTarget += bounds[next]!.growing * bounds[next]!.target;
    }
    const bound = bounds[next];
    if (bound === undefined) return undefined;
    if (growing > 0) {
      const wanted = proportion + (stock - total) / growingTarget;
      if (wanted <= bound.proportion) return wanted;
      total += (bound.proportion - proportion) * growingTarget;
    }
    proportion = bound.proportion;
  }
  return proportion;
}

function ascendingBounds(claims: readonly SeatClaim[]): Bound[] {
  return claims
    .flatMap(({ target, least, most }): Bound[] => [
      { proportion: least / target, growing: 1, target },
      { proportion: most / target, growing: -1, target },
    ])
    .sort((a, b) => a.proportion - b.proportion);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
