/**
 * Takes everything out of an array that is filled again soon. Setting its length to 0 would throw its memory away, and
 * most of these hold one thing at a time.
 */
export function emptyOut(array: unknown[]): void {
  while (array.length > 0) array.pop();
}
