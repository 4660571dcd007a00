import seedrandom from 'seedrandom';

/** A source of random numbers that belongs to one purpose of one component. */
export interface Stream {
  /** In [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** An integer in [0, n), for n up to 2^32. */
  below(n: number): number;
}

const TWO_POW_MINUS_32: number = 2 ** -32;

/**
 * Baagøe's alea, seeded by seedrandom and giving the very numbers `seedrandom.alea(key)` gives. The step is written out
 * here because a closure with its state in a shared object cannot be inlined into a sampler, and costs twice as much.
 * It is a step ahead: what is drawn has been computed by the draw before, and nobody waits for it.
 */
export class AleaStream implements Stream {
  private readonly key: string;
  private s0: number;
  private s1: number;
  /** What is drawn next. */
  private s2: number;
  /** -1 before the first draw: most streams of a small run are never drawn from, and seeding takes five microseconds. */
  private carry: number;

  constructor(key: string) {
    this.key = key;
    this.s0 = 0.5;
    this.s1 = 0.5;
    this.s2 = 0.5;
    this.carry = -1;
  }

  uniform(): number {
    if (this.carry < 0) this.seed();
    const drawn = this.s2;
    this.step();
    return drawn;
  }

  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  private seed(): void {
    const state = seedrandom.alea(this.key, { state: true }).state();
    this.s0 = state.s0;
    this.s1 = state.s1;
    this.s2 = state.s2;
    this.carry = state.c;
    this.step();
  }

  private step(): void {
    const product = 2091639 * this.s0 + this.carry * TWO_POW_MINUS_32;
    const carry = product | 0;
    this.carry = carry;
    this.s0 = this.s1;
    this.s1 = this.s2;
    this.s2 = product - carry;
  }
}
