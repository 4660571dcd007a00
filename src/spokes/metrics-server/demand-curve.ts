import { Ramp } from './ramp.js';

/**
 * How much of a resource a workload is asked for, over time, and how much of it each of its pods has used: all that are
 * ready share it alike, each up to its limit. Milli-CPUs and milli-CPU nanoseconds, or bytes.
 */
export class DemandCurve {
  /** Pods that share it. */
  private sharers: number;
  /** What one pod can use at most. */
  private limit: number;
  private readonly asked: Ramp;
  private countedNs: number;
  private usedByEach: number;

  constructor(nowNs: number) {
    this.sharers = 0;
    this.limit = Number.POSITIVE_INFINITY;
    this.asked = new Ramp(nowNs);
    this.countedNs = nowNs;
    this.usedByEach = 0;
  }

  /** From now on more or less is asked for, evenly until `overNs` from now. */
  change(amount: number, overNs: number, nowNs: number): void {
    this.advance(nowNs);
    this.asked.change(amount, overNs, nowNs);
  }

  /** So many pods more, or fewer, share it from now on; `limit` of the one that comes or goes, 0 for none. */
  share(change: 1 | -1, limit: number, nowNs: number): void {
    this.advance(nowNs);
    this.sharers += change;
    this.limit = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  }

  /** What a pod has used by now that was ready from the beginning. */
  used(nowNs: number): number {
    this.advance(nowNs);
    return this.usedByEach;
  }

  /** What each pod that shares it uses now. */
  each(nowNs: number): number {
    return this.sharers === 0 ? 0 : Math.min(this.asked.at(nowNs) / this.sharers, this.limit);
  }

  /** When it has last changed; Infinity while it does. */
  steadySinceNs(nowNs: number): number {
    return this.asked.steadySinceNs(nowNs);
  }

  private advance(nowNs: number): void {
    if (this.sharers > 0) {
      const turnNs = Math.min(Math.max(this.asked.toNs, this.countedNs), nowNs);
      this.usedByEach += this.usedBetween(this.countedNs, turnNs) + this.usedBetween(turnNs, nowNs);
    }
    this.countedNs = nowNs;
  }

  /** Between two moments with nothing but a straight line between. */
  private usedBetween(startNs: number, endNs: number): number {
    const start = this.asked.at(startNs) / this.sharers;
    const end = this.asked.at(endNs) / this.sharers;
    return (endNs - startNs) * meanBelow(Math.min(start, end), Math.max(start, end), this.limit);
  }
}

/** Mean of the smaller of `limit` and what rises evenly from `low` to `high`. */
function meanBelow(low: number, high: number, limit: number): number {
  if (high <= limit) return (low + high) / 2;
  if (low >= limit) return limit;
  const part = (limit - low) / (high - low);
  return (part * (low + limit)) / 2 + (1 - part) * limit;
}
