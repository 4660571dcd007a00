import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/api/duration.js';

describe('durations', () => {
  it('read back exactly what they print', () => {
    const ns = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -5000, max: 5000 }));
    fc.assert(
      fc.property(ns, (duration) => {
        expect(parseDuration(formatDuration(duration))).toBe(duration);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });
});
