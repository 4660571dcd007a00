/** A bug in the program, never a user's mistake: the run must not continue. */
export class AssertionError extends Error {
  override readonly name: string = 'AssertionError';
}

/**
 * States what must hold at this place. The message is a plain string: keep it constant on hot paths, so that
 * nothing is built while all is well.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
