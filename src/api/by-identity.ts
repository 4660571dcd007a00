/** Objects to a page: 2 to the power of this. */
const PAGE_BITS = 10;
const PAGE_MASK: number = 2 ** PAGE_BITS - 1;

interface Identified {
  readonly id: number;
}

/**
 * Objects of one kind by identity, iterated in the order they came in, as a Map would. Identities are dense numbers that
 * nearly always come in ascending order: then an object lies in a page of an array, which takes a third of the memory of a
 * Map's entry and no search. With the first that comes out of order all move to a Map.
 */
export class ByIdentity<T extends Identified> {
  /** By the upper bits of the identity; undefined where nothing is. */
  private readonly pages: ((T | undefined)[] | undefined)[];
  private readonly counts: number[];
  private newestId: number;
  private count: number;
  private map: Map<number, T> | undefined;

  constructor(objects: Iterable<T> = []) {
    this.pages = [];
    this.counts = [];
    this.newestId = -1;
    this.count = 0;
    this.map = undefined;
    for (const object of objects) this.set(object);
  }

  get size(): number {
    return this.map === undefined ? this.count : this.map.size;
  }

  get(id: number): T | undefined {
    if (this.map !== undefined) return this.map.get(id);
    return id >= 0 && id <= this.newestId ? this.pages[id >> PAGE_BITS]?.[id & PAGE_MASK] : undefined;
  }

  set(object: T): void {
    const { id } = object;
    if (this.map !== undefined) {
      this.map.set(id, object);
      return;
    }
    const place = id >> PAGE_BITS;
    if (id > this.newestId) this.append(object, place);
    else if (this.pages[place]?.[id & PAGE_MASK] !== undefined) this.pages[place][id & PAGE_MASK] = object;
    else {
      this.map = new Map();
      for (const known of new Pages(this.pages)) this.map.set(known.id, known);
      this.map.set(id, object);
    }
  }

  delete(id: number): void {
    if (this.map !== undefined) {
      this.map.delete(id);
      return;
    }
    if (this.get(id) === undefined) return;
    const place = id >> PAGE_BITS;
    this.pages[place]![id & PAGE_MASK] = undefined;
    this.count--;
    this.counts[place]!--;
    if (this.counts[place] === 0) this.pages[place] = undefined;
  }

  values(): IterableIterator<T> {
    return this.map === undefined ? new Pages(this.pages) : this.map.values();
  }

  /** Some of the objects, in the order of all. */
  inOrder(some: readonly T[]): T[] {
    if (this.map === undefined) return [...some].sort((a, b) => a.id - b.id);
    const wanted = new Set(some);
    return [...this.map.values()].filter((object) => wanted.has(object));
  }

  private append(object: T, place: number): void {
    const { pages, counts } = this;
    while (pages.length <= place) {
      pages.push(undefined);
      counts.push(0);
    }
    let page = pages[place];
    if (page === undefined) {
      page = [];
      pages[place] = page;
    }
    // Without holes at its beginning the array stays a plain one.
    for (let index = page.length; index < (object.id & PAGE_MASK); index++) page.push(undefined);
    page.push(object);
    counts[place]!++;
    this.newestId = object.id;
    this.count++;
  }
}

/** What is in pages, in order; by hand, because a generator makes an object for each. */
class Pages<T> implements IterableIterator<T> {
  private readonly pages: readonly (readonly (T | undefined)[] | undefined)[];
  private place: number;
  private index: number;

  constructor(pages: readonly (readonly (T | undefined)[] | undefined)[]) {
    this.pages = pages;
    this.place = 0;
    this.index = 0;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    for (; this.place < this.pages.length; this.place++, this.index = 0) {
      const page = this.pages[this.place];
      while (page !== undefined && this.index < page.length) {
        const value = page[this.index++];
        if (value !== undefined) return { value, done: false };
      }
    }
    return { value: undefined, done: true };
  }
}
