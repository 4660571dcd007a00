import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyNumbers } from '../../../src/client/key-numbers.js';

test('numbers of keys are what they were set to last, however many keys have come and gone', () => {
  const step = fc.record({ key: fc.nat(300), number: fc.constantFrom(0, 0, 1, 2.5) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1000 }), (steps) => {
      const plain = new Map<number, number>();
      const numbers = new KeyNumbers();
      for (const { key, number } of steps) {
        plain.set(key, number);
        numbers.put(key, number);
      }
      for (let key = 0; key <= 300; key++) expect(numbers.of(key)).toBe(plain.get(key) ?? 0);
    }),
    { seed: 1, numRuns: 100 },
  );
});
