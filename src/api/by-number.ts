/** Values to a page: 2 to the power of this. */
const PAGE_BITS = 10;
const PAGE_SIZE: number = 2 ** PAGE_BITS;
const PAGE_MASK: number = PAGE_SIZE - 1;

/** A page and how many values are in it. */
interface Page<T> {
  readonly values: (T | undefined)[];
  count: number;
}

/**
 * Values by dense numbers from 0 on, as identities of one kind are, in no order: pages of arrays in place of a map, whose
 * entries take three times the memory and have to be searched for.
 */
export class ByNumber<T> {
  private readonly pages: (Page<T> | undefined)[];

  constructor() {
    this.pages = [];
  }

  get(number: number): T | undefined {
    const place = number >> PAGE_BITS;
    const page = place >= 0 && place < this.pages.length ? this.pages[place] : undefined;
    return page === undefined ? undefined : page.values[number & PAGE_MASK];
  }

  set(number: number, value: T): void {
    const page = this.pageAt(number >> PAGE_BITS);
    if (page.values[number & PAGE_MASK] === undefined) page.count++;
    page.values[number & PAGE_MASK] = value;
  }

  delete(number: number): void {
    const place = number >> PAGE_BITS;
    const page = this.pages[place];
    if (page?.values[number & PAGE_MASK] === undefined) return;
    page.values[number & PAGE_MASK] = undefined;
    page.count--;
    if (page.count === 0) this.pages[place] = undefined;
  }

  private pageAt(place: number): Page<T> {
    // By hand: an array with holes, or of a length that was said before, takes longer to read.
    while (this.pages.length <= place) this.pages.push(undefined);
    let page = this.pages[place];
    if (page === undefined) {
      page = { values: [], count: 0 };
      for (let i = 0; i < PAGE_SIZE; i++) page.values.push(undefined);
      this.pages[place] = page;
    }
    return page;
  }
}
