import { Arrivals } from './arrivals.js';

/** Objects to a page: 2 to the power of this. */
const PAGE_BITS = 10;
const PAGE_MASK: number = 2 ** PAGE_BITS - 1;

interface Identified {
  readonly id: number;
}

/**
 * Objects of one kind by identity, iterated in the order they came in, as a Map would. Identities are dense numbers: so an
 * object lies in a page of an array, which takes a third of the memory of a Map's entry and no search. They nearly always
 * come in ascending order; with the first that does not, the order of all begins to be kept.
 */
export class ByIdentity<T extends Identified> {
  /** By the upper bits of the identity; undefined where nothing is. */
  private readonly pages: ((T | undefined)[] | undefined)[];
  private readonly counts: number[];
  private newestId: number;
  private count: number;
  private arrivals: Arrivals | undefined;

  constructor(objects: Iterable<T> = []) {
    this.pages = [];
    this.counts = [];
    this.newestId = -1;
    this.count = 0;
    this.arrivals = undefined;
    for (const object of objects) this.set(object);
  }

  get size(): number {
    return this.count;
  }

  get(id: number): T | undefined {
    return id >= 0 && id <= this.newestId ? this.pages[id >> PAGE_BITS]?.[id & PAGE_MASK] : undefined;
  }

  set(object: T): void {
    const { id } = object;
    const place = id >> PAGE_BITS;
    if (id <= this.newestId && this.pages[place]?.[id & PAGE_MASK] !== undefined) {
      this.pages[place][id & PAGE_MASK] = object;
      return;
    }
    if (id < this.newestId) this.arrivals ??= this.ascending();
    this.arrivals?.add(id);
    this.add(object, place);
  }

  delete(id: number): void {
    if (this.get(id) === undefined) return;
    const place = id >> PAGE_BITS;
    this.pages[place]![id & PAGE_MASK] = undefined;
    this.arrivals?.delete(id);
    this.count--;
    this.counts[place]!--;
    if (this.counts[place] === 0) this.pages[place] = undefined;
  }

  values(): IterableIterator<T> {
    return this.arrivals === undefined ? new Pages(this.pages) : new Ordered(this, this.arrivals);
  }

  /** Some of the objects, in the order of all. */
  inOrder(some: readonly T[]): T[] {
    const { arrivals } = this;
    if (arrivals === undefined) return [...some].sort((a, b) => a.id - b.id);
    return [...some].sort((a, b) => arrivals.numberOf(a.id) - arrivals.numberOf(b.id));
  }

  private ascending(): Arrivals {
    const arrivals = new Arrivals();
    for (const { id } of new Pages(this.pages)) arrivals.add(id);
    return arrivals;
  }

  private add(object: T, place: number): void {
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
    const index = object.id & PAGE_MASK;
    // Without holes the array stays a plain one.
    while (page.length <= index) page.push(undefined);
    page[index] = object;
    counts[place]!++;
    if (object.id > this.newestId) this.newestId = object.id;
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

/** Objects in the order they came in; as with a Map they may come and go meanwhile. */
class Ordered<T extends Identified> implements IterableIterator<T> {
  private readonly objects: ByIdentity<T>;
  private readonly arrivals: Arrivals;
  /** The last one that was given, and the number it came as. */
  private id: number;
  private number: number;

  constructor(objects: ByIdentity<T>, arrivals: Arrivals) {
    this.objects = objects;
    this.arrivals = arrivals;
    this.id = -1;
    this.number = 0;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    const id = this.arrivals.after(this.id, this.number);
    if (id < 0) return { value: undefined, done: true };
    this.id = id;
    this.number = this.arrivals.numberOf(id);
    return { value: this.objects.get(id)!, done: false };
  }
}
