import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDateOf, formatTimestamp } from '../../../src/api/civil-date.js';

describe('calendar', () => {
  it('agrees with Date for every day of three thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500_000, max: 600_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(civilDateOf(day)).toEqual(expected);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });

  it('writes moments as Kubernetes does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        expect(formatTimestamp(second * 1e9)).toBe(new Date(second * 1000).toISOString().replace('.000', ''));
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
