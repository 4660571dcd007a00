import type { Wait } from './task.js';

/** A piece of a task: waits for what it has to, and ends with what it came to. */
export type Step<T = boolean> = Generator<Wait, T, void>;

/** The same, where it may be over at once: most syncs find nothing to write, and a generator for each would be made in vain. */
export type MaybeStep = boolean | Step;

/** How a piece ends, be it over already or not. */
export function* ended(step: MaybeStep): Step {
  return typeof step === 'boolean' ? step : yield* step;
}
