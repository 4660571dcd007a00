const PAGE_BITS = 8;
const PAGE_MASK: number = 2 ** PAGE_BITS - 1;
/** Keys below this have a place of their own: identities are dense numbers, but not where they are of any kind. */
const NEAR_KEYS: number = 2 ** 20;
/** Far keys without a number are forgotten together, once there are so many of them and others. */
const SWEEP_MIN = 64;

/**
 * A number for each key, nearly always 0. Of a far key that lies in a map it stays for a while once it is that: the key soon
 * has another one again, and a map that is filled and emptied all the time makes itself anew each time.
 */
export class KeyNumbers {
  /** Of near keys, by their upper bits; undefined where all are 0. */
  private readonly pages: (Float64Array | undefined)[];
  private readonly far: Map<number, number>;
  private sweepAt: number;

  constructor() {
    this.pages = [];
    this.far = new Map();
    this.sweepAt = SWEEP_MIN;
  }

  of(key: number): number {
    if (key >= NEAR_KEYS || key < 0) return this.far.get(key) ?? 0;
    const place = key >> PAGE_BITS;
    const page = place < this.pages.length ? this.pages[place] : undefined;
    return page === undefined ? 0 : page[key & PAGE_MASK]!;
  }

  put(key: number, number: number): void {
    if (key >= NEAR_KEYS || key < 0) {
      this.far.set(key, number);
      if (this.far.size >= this.sweepAt) this.sweep();
      return;
    }
    const place = key >> PAGE_BITS;
    const page = place < this.pages.length ? this.pages[place] : undefined;
    if (page !== undefined) page[key & PAGE_MASK] = number;
    else if (number !== 0) this.open(place)[key & PAGE_MASK] = number;
  }

  private open(place: number): Float64Array {
    while (this.pages.length <= place) this.pages.push(undefined);
    const page = new Float64Array(PAGE_MASK + 1);
    this.pages[place] = page;
    return page;
  }

  private sweep(): void {
    for (const [key, number] of this.far) if (number === 0) this.far.delete(key);
    this.sweepAt = Math.max(SWEEP_MIN, 2 * this.far.size);
  }
}
