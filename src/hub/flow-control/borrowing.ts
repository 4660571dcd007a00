import { allocateSeats } from './seat-allocation.js';
import type { SeatDemand } from './seat-demand.js';
import type { SeatLimits } from './seat-limits.js';

/** How often the seats of the priority levels are divided anew (apf_controller.go borrowingAdjustmentPeriod). */
export const BORROWING_PERIOD_NS = 10e9;

/** A priority level that lends and borrows seats. */
export interface Borrower {
  readonly exempt: boolean;
  readonly limits: SeatLimits;
  readonly demand: SeatDemand;
  /** The seats it has now; from the last division. */
  readonly seatLimit: number;
}

/**
 * The seats of each level for the next period, after the demand of the period that ends now: none gets less than what
 * it needed, up to its nominal share, as far as they suffice, and the rest goes by smoothed demand. What an exempt level
 * used is no longer there for the others (util/flowcontrol/apf_controller.go updateBorrowingLocked).
 */
export function divideSeats(levels: readonly Borrower[]): readonly number[] {
  const needs = levels.map(need);
  const limited = levels.filter(({ exempt }) => !exempt);
  const total = sum(levels.map(({ limits }) => limits.nominal));
  const remaining = total - sum(needs.filter((_, index) => levels[index]!.exempt));
  const leastSum = sum(limited.map(({ limits }) => limits.least));
  const needSum = sum(needs.filter((_, index) => !levels[index]!.exempt));
  if (remaining <= leastSum) return levels.map((level, index) => (level.exempt ? needs[index]! : level.limits.least));
  if (remaining <= needSum) {
    const part = (remaining - leastSum) / (needSum - leastSum);
    return levels.map(({ exempt, limits: { least } }, index) => {
      const needed = needs[index]!;
      return exempt ? needed : least + Math.round((needed - least) * part);
    });
  }
  return byDemand(levels, needs, total);
}

function byDemand(levels: readonly Borrower[], needs: readonly number[], total: number): readonly number[] {
  const claims = levels.flatMap(({ exempt, limits, demand }, index) => {
    const least = needs[index]!;
    return exempt ? [] : [{ least, most: limits.most, target: Math.max(least, demand.smoothed) }];
  });
  const allocation = allocateSeats(total, claims);
  if (allocation === undefined) return levels.map((level, index) => (level.exempt ? needs[index]! : level.seatLimit));
  const seats = allocation.seats[Symbol.iterator]();
  return levels.map(({ exempt }, index) => (exempt ? needs[index]! : Math.round(seats.next().value!)));
}

/** The least a level should have: what it needed at most, but no more than its nominal share unless it is exempt. */
function need({ exempt, limits: { nominal, least }, demand: { highWatermark } }: Borrower): number {
  return Math.max(least, exempt ? highWatermark : Math.min(nominal, highWatermark));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
