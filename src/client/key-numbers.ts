/** Keys without a flag are forgotten together, once there are so many of them and others. */
const SWEEP_MIN = 64;

/**
 * A set of flags for each key. A key whose flags have all gone stays for a while: nearly always it soon has some again,
 * and a map that is filled and emptied all the time makes itself anew each time.
 */
export class KeyFlags {
  private readonly flags: Map<number, number>;
  private sweepAt: number;

  constructor() {
    this.flags = new Map();
    this.sweepAt = SWEEP_MIN;
  }

  of(key: number): number {
    return this.flags.get(key) ?? 0;
  }

  put(key: number, flags: number): void {
    this.flags.set(key, flags);
    if (this.flags.size >= this.sweepAt) this.sweep();
  }

  private sweep(): void {
    for (const [key, flags] of this.flags) if (flags === 0) this.flags.delete(key);
    this.sweepAt = Math.max(SWEEP_MIN, 2 * this.flags.size);
  }
}
