import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Counts } from '../../../src/spokes/scheduler/counts.js';

const index = fc.oneof(fc.nat(40), fc.nat(5000));
const change = fc.record({ index, amount: fc.constantFrom(-1, 1, 1, 1, 2) });

test('numbers by index are those of a map, while they are few and when they are many', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 400, size: 'max' }), fc.nat(400), (changes, clearAt) => {
      const counts = new Counts();
      const twin = new Map<number, number>();
      for (const [step, { index, amount }] of changes.entries()) {
        counts.add(index, amount);
        twin.set(index, (twin.get(index) ?? 0) + amount);
        expect(counts.of(index)).toBe(twin.get(index));
        if (step !== clearAt) continue;
        counts.clear();
        twin.clear();
      }
      for (const { index } of changes) expect(counts.of(index)).toBe(twin.get(index) ?? 0);
      expect(counts.of(100_000)).toBe(0);
      const byIndex = ([a]: readonly [number, number], [b]: readonly [number, number]): number => a - b;
      expect([...counts.entries()].sort(byIndex)).toEqual([...twin].filter(([, count]) => count !== 0).sort(byIndex));
    }),
    { seed: 3, numRuns: 200 },
  );
});
