/** An amount that stays as it is, or is on its way to another one, evenly. */
export class Ramp {
  private fromAmount: number;
  private toAmount: number;
  private fromNs: number;
  /** When it has come to the last amount; that of its making before any. */
  toNs: number;

  constructor(nowNs: number) {
    this.fromAmount = 0;
    this.toAmount = 0;
    this.fromNs = nowNs;
    this.toNs = nowNs;
  }

  /** From now on it is on its way to another amount, where it comes `overNs` from now. */
  change(amount: number, overNs: number, nowNs: number): void {
    this.fromAmount = this.at(nowNs);
    this.toAmount = amount;
    this.fromNs = nowNs;
    this.toNs = nowNs + overNs;
  }

  at(nowNs: number): number {
    if (nowNs >= this.toNs) return this.toAmount;
    const part = (nowNs - this.fromNs) / (this.toNs - this.fromNs);
    return this.fromAmount + (this.toAmount - this.fromAmount) * part;
  }

  /** When it has last changed; Infinity while it does. */
  steadySinceNs(nowNs: number): number {
    return nowNs < this.toNs ? Number.POSITIVE_INFINITY : this.toNs;
  }
}
