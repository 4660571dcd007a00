/** Keys without a number are forgotten together, once there are so many of them and others. */
const SWEEP_MIN = 64;

/**
 * A number for each key, nearly always 0. A key whose number has become that stays for a while: it soon has another one
 * again, and a map that is filled and emptied all the time makes itself anew each time.
 */
export class KeyNumbers {
  private readonly numbers: Map<number, number>;
  private sweepAt: number;

  constructor() {
    this.numbers = new Map();
    this.sweepAt = SWEEP_MIN;
  }

  of(key: number): number {
    return this.numbers.get(key) ?? 0;
  }

  put(key: number, number: number): void {
    this.numbers.set(key, number);
    if (this.numbers.size >= this.sweepAt) this.sweep();
  }

  private sweep(): void {
    for (const [key, number] of this.numbers) if (number === 0) this.numbers.delete(key);
    this.sweepAt = Math.max(SWEEP_MIN, 2 * this.numbers.size);
  }
}
