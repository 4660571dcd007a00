import { type Difference, firstDifference } from './suite.js';

/** The first difference, where integers must be equal and other numbers may differ by a part of their size. */
export function closeDifference(expected: unknown, got: unknown, tolerance: number): Difference | undefined {
  return firstDifference(expected, snapped(expected, got, tolerance));
}

/** What we got, with the expected number in the place of every number that is close enough to it. */
function snapped(expected: unknown, got: unknown, tolerance: number): unknown {
  if (typeof expected === 'number' && typeof got === 'number')
    return isClose(expected, got, tolerance) ? expected : got;
  if (Array.isArray(got)) {
    const items = expected as readonly unknown[] | undefined;
    return got.map((item, i) => snapped(items?.[i], item, tolerance));
  }
  if (typeof got !== 'object' || got === null) return got;
  const fields = (expected ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(got).map(([key, value]) => [key, snapped(fields[key], value, tolerance)]));
}

function isClose(expected: number, got: number, tolerance: number): boolean {
  return Math.abs(expected - got) <= tolerance * Math.max(Math.abs(expected), Math.abs(got));
}
