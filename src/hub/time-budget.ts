const REFRESH_PER_SECOND_NS = 50e6;
const BUDGET_MAX_NS = 100e6;

/**
 * How long the changes of one kind may be held up for the sake of watchers whose buffers are full: 50 ms more a second,
 * at most 100 ms (storage/cacher/time_budget.go).
 */
export class TimeBudget {
  private budgetNs: number;
  private lastNs: number;

  constructor(nowNs: number) {
    this.budgetNs = 0;
    this.lastNs = nowNs;
  }

  /** Takes all there is. */
  takeAvailable(nowNs: number): number {
    const accruedNs = ((nowNs - this.lastNs) / 1e9) * REFRESH_PER_SECOND_NS;
    const available = Math.min(BUDGET_MAX_NS, this.budgetNs + Math.trunc(accruedNs));
    this.lastNs = nowNs;
    this.budgetNs = 0;
    return available;
  }

  returnUnused(unusedNs: number): void {
    this.budgetNs = Math.min(BUDGET_MAX_NS, this.budgetNs + Math.max(0, unusedNs));
  }
}
