/** Since when nodes have not been needed, by name. */
export class UnneededTimes {
  private since: Map<string, number>;

  constructor() {
    this.since = new Map();
  }

  get size(): number {
    return this.since.size;
  }

  /** These are unneeded now, and no others. */
  update(names: readonly string[], nowNs: number): void {
    this.since = new Map(names.map((name) => [name, this.since.get(name) ?? nowNs]));
  }

  /** Whether a node has been unneeded for so long. */
  isLonger(name: string, durationNs: number, nowNs: number): boolean {
    const sinceNs = this.since.get(name);
    return sinceNs !== undefined && nowNs - sinceNs >= durationNs;
  }
}
