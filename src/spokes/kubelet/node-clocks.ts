/** The clocks of machines, as far as they have ever been set: by how much each is ahead of the true time. */
export class NodeClocks {
  /** By machine; ns, negative for one that is behind. */
  private readonly skews: Map<number, number>;
  /** The latest time that each has stamped a lease with since its status was last written, ns. */
  private readonly stamps: Map<number, number>;

  constructor() {
    this.skews = new Map();
    this.stamps = new Map();
  }

  /** Sets the clock of a machine so much ahead, ns; 0 is the true time. One that was right until now has stamped its lease just before. */
  set(index: number, skewNs: number, nowNs: number): void {
    const isFirst = !this.skews.has(index);
    this.skews.set(index, skewNs);
    if (isFirst) this.stamped(index, nowNs);
  }

  /** What the clock of a machine shows. */
  wallNs(index: number, nowNs: number): number {
    return nowNs + (this.skews.get(index) ?? 0);
  }

  /** A lease has been renewed with what the clock of its machine shows. */
  stamped(index: number, wallNs: number): void {
    if (this.skews.has(index)) this.stamps.set(index, Math.max(wallNs, this.stamps.get(index) ?? 0));
  }

  /** Machines whose clock has ever been set. */
  get known(): Iterable<number> {
    return this.skews.keys();
  }

  /** For how long still its stamps are no news, since it has written a later one before, ns. */
  behindNs(index: number, nowNs: number): number {
    return Math.max(0, (this.stamps.get(index) ?? 0) - this.wallNs(index, nowNs));
  }

  /** Somebody has taken notice of its stamps all the same. */
  noticed(index: number): void {
    this.stamps.delete(index);
  }
}
