import { newColumn, widened } from './columns.js';

const NONE = -1;
const IDENTITIES_MIN = 1024;

/** In which order objects came whose identities do not ascend: a list through columns by identity, 12 bytes for each. */
export class Arrivals {
  private next: Int32Array;
  private previous: Int32Array;
  /** Which number it came as: later ones have higher numbers. */
  private number: Int32Array;
  private first: number;
  private last: number;
  private arrived: number;

  constructor() {
    this.next = newColumn(Int32Array, IDENTITIES_MIN);
    this.previous = newColumn(Int32Array, IDENTITIES_MIN);
    this.number = newColumn(Int32Array, IDENTITIES_MIN);
    this.first = NONE;
    this.last = NONE;
    this.arrived = 0;
  }

  /** Comes as the last; it must not be there. */
  add(id: number): void {
    if (id >= this.next.length) this.grow(Math.max(id + 1, 2 * this.next.length));
    this.next[id] = NONE;
    this.previous[id] = this.last;
    this.number[id] = ++this.arrived;
    if (this.last === NONE) this.first = id;
    else this.next[this.last] = id;
    this.last = id;
  }

  /** Goes; it must be there. */
  delete(id: number): void {
    const next = this.next[id]!;
    const previous = this.previous[id]!;
    if (previous === NONE) this.first = next;
    else this.next[previous] = next;
    if (next === NONE) this.last = previous;
    else this.previous[next] = previous;
    this.number[id] = 0;
  }

  /** Number of one that is there, 0 of others. */
  numberOf(id: number): number {
    return id < this.number.length ? this.number[id]! : 0;
  }

  /** The first that came after `id`, which came as that number and may have gone meanwhile; -1 if there is none. `NONE` and 0: the first of all. */
  after(id: number, number: number): number {
    if (number > 0 && this.number[id] === number) return this.next[id]!;
    let after = this.first;
    while (after !== NONE && this.number[after]! <= number) after = this.next[after]!;
    return after;
  }

  private grow(size: number): void {
    this.next = widened(this.next, size);
    this.previous = widened(this.previous, size);
    this.number = widened(this.number, size);
  }
}
