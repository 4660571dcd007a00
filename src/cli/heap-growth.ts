import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** A small heap may grow as V8 likes: collecting it more often would cost a short run a fifth of its time. */
const LARGE_BYTES = 96 * 2 ** 20;
/**
 * From then on it grows by so many hundredths of what is in use before it is collected again. V8 would let it grow to four times
 * that; simulations keep most of what they have: 150,000 pods took a quarter more memory then, and hardly less time.
 */
const GROWTH_PERCENT = 100;

/** The young generation begins with a megabyte, and would double at each collection: a twentieth of the smallest run. */
const YOUNG_GROWTH = 16;

/** Has the heap of a small run grow at once, and keeps that of a large one close to what is in use. */
export class HeapGrowth {
  #isBounded: boolean;

  constructor() {
    this.#isBounded = false;
    setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH}`);
  }

  /** To be called now and then. */
  look(): void {
    if (this.#isBounded || getHeapStatistics().total_heap_size < LARGE_BYTES) return;
    this.#isBounded = true;
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  }
}
