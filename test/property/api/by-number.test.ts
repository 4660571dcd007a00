import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByNumber } from '../../../src/api/by-number.js';

test('values by number are those of a Map, however far apart the numbers are', () => {
  const number = fc.oneof(fc.nat(20), fc.integer({ min: 1000, max: 1050 }), fc.nat(100_000));
  const step = fc.record({ number, value: fc.option(fc.string(), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const values = new ByNumber<string>();
      const twin = new Map<number, string>();
      for (const { number, value } of steps) {
        if (value === undefined) values.delete(number);
        else values.set(number, value);
        if (value === undefined) twin.delete(number);
        else twin.set(number, value);
        expect(values.get(number)).toBe(value);
      }
      for (const { number } of steps) expect(values.get(number)).toBe(twin.get(number));
      expect(values.get(-1)).toBeUndefined();
      expect(values.get(200_000)).toBeUndefined();
    }),
    { seed: 1, numRuns: 200 },
  );
});
