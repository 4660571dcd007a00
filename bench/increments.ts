import { ln } from '../src/random/ln.js';
import { AleaStream } from '../src/random/stream.js';

/** How far ahead events are scheduled, in nanoseconds. */
export type IncrementShape = 'exponential' | 'uniform' | 'bimodal' | 'coarse ties';

export const INCREMENTS = 65_536;

const COARSE_NS: readonly number[] = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 2e9, 5e9, 1e10];

/** A table of increments, drawn before the clock starts. */
export function incrementsOf(shape: IncrementShape): Float64Array {
  const stream = new AleaStream(`bench/${shape}`);
  const draw = (): number => {
    const u = stream.uniform();
    if (shape === 'exponential') return -1e6 * ln(1 - u);
    if (shape === 'uniform') return 2e6 * u;
    if (shape === 'coarse ties') return COARSE_NS[stream.below(COARSE_NS.length)]!;
    // Half microseconds, four tenths milliseconds, the rest ten seconds: a request, its deadline, a lease.
    return stream.uniform() * (u < 0.5 ? 1e3 : u < 0.9 ? 1e6 : 1e10);
  };
  return Float64Array.from({ length: INCREMENTS }, () => Math.round(draw()));
}
