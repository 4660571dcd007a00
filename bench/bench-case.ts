/** What one run of a contestant did: how much, and a hash of it that must be the same for all who do the same work. */
export interface Work {
  readonly operations: number;
  readonly hash: number | string;
  /** From those that must take the time themselves. */
  readonly nsPerOperation?: number;
}

/** The hash of who draws random numbers of its own, and so does alike work, but not the same. */
export const ALIKE = 'alike';

/** One of several that do the same work. */
export interface Contestant {
  readonly name: string;
  /** Runs once; called again and again, interleaved with the others. Only the time in here counts. */
  run(): Work;
}

/** One comparison: contestants over the same input. */
export interface BenchCase {
  readonly group: string;
  readonly name: string;
  /** The first is ours; the second is what it is compared with. Made anew for each case, so that nothing lingers. */
  contestants(): readonly Contestant[];
}
