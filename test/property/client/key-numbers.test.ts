import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyNumbers } from '../../../src/client/key-numbers.js';

test('numbers of keys are what they were set to last, however many keys have come and gone', () => {
  const key = fc.oneof(
    fc.nat(300),
    fc.integer({ min: 2 ** 20 - 150, max: 2 ** 20 + 150 }),
    fc.constantFrom(-1, 2 ** 40),
  );
  const step = fc.record({ key, number: fc.constantFrom(0, 0, 1, 2.5, 2 ** 50) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 1000, size: 'max' }), (steps) => {
      const plain = new Map<number, number>();
      const numbers = new KeyNumbers();
      for (const { key, number } of steps) {
        plain.set(key, number);
        numbers.put(key, number);
      }
      for (let near = 0; near <= 300; near++) expect(numbers.of(near)).toBe(plain.get(near) ?? 0);
      for (const [known, number] of plain) expect(numbers.of(known)).toBe(number);
    }),
    { seed: 1, numRuns: 100 },
  );
});
