/**
 * How long a chain waited under each label, and in how many pieces: in columns, since the chains of a thousand pods have
 * millions of links.
 */
export class WaitSums {
  /** Labels met since the last reading, in the order they were met in. */
  private readonly met: number[];
  private ns: Float64Array;
  private counts: Int32Array;

  constructor() {
    this.met = [];
    this.ns = new Float64Array(1024);
    this.counts = new Int32Array(1024);
  }

  add(label: number, ns: number): void {
    const column = columnOf(label);
    if (column >= this.counts.length) this.grow(2 * column);
    if (this.counts[column] === 0) this.met.push(label);
    this.counts[column]!++;
    this.ns[column]! += ns;
  }

  /** Tells all sums, and begins anew. */
  *take(): Generator<{ readonly label: number; readonly ns: number; readonly count: number }, void, void> {
    for (const label of this.met) {
      const column = columnOf(label);
      yield { label, ns: this.ns[column]!, count: this.counts[column]! };
      this.ns[column] = 0;
      this.counts[column] = 0;
    }
    this.met.length = 0;
  }

  private grow(size: number): void {
    const { ns, counts } = this;
    this.ns = new Float64Array(size);
    this.counts = new Int32Array(size);
    this.ns.set(ns);
    this.counts.set(counts);
  }
}

/** Labels are negative where they name no kind of event. */
function columnOf(label: number): number {
  return label >= 0 ? 2 * label : -2 * label - 1;
}
