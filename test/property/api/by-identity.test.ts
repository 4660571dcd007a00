import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByIdentity } from '../../../src/api/by-identity.js';

/** What happens to objects whose identities mostly ascend, by more than a page now and then. */
const STEP = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('add' as const), by: fc.constantFrom(1, 1, 1, 2, 700, 3000) }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), by: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('delete' as const), by: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), by: fc.nat(4000) }) },
);

test('objects by identity are those of a Map, in the same order, whatever order they come in', () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 120 }), fc.boolean(), (steps, allowLate) => {
      const objects = new ByIdentity<{ readonly id: number; readonly version: number }>();
      const twin = new Map<number, { readonly id: number; readonly version: number }>();
      let newest = -1;
      for (const [version, { kind, by }] of steps.entries()) {
        const known = [...twin.keys()];
        const picked = known[by % Math.max(1, known.length)] ?? -1;
        if (kind === 'late' && !allowLate) continue;
        if (kind === 'add') newest += by;
        const id = kind === 'add' ? newest : kind === 'late' ? by : picked;
        if (kind === 'late') newest = Math.max(newest, id);
        if (kind === 'delete') {
          objects.delete(id);
          twin.delete(id);
        } else if (id >= 0) {
          objects.set({ id, version });
          twin.set(id, { id, version });
        }
        expect(objects.size).toBe(twin.size);
        expect(objects.get(id)).toEqual(twin.get(id));
      }
      expect([...objects.values()]).toEqual([...twin.values()]);
      expect(objects.get(-1)).toBeUndefined();
      expect(objects.get(newest + 1)).toBeUndefined();
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('whoever goes through objects of no order while they come and go sees what one of a Map would', () => {
  const step = fc.record({ id: fc.nat(30), gone: fc.boolean(), look: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const objects = new ByIdentity([{ id: 31 }, { id: 5 }]);
      const twin = new Map([
        [31, true],
        [5, true],
      ]);
      const seen = objects.values();
      const seenOfTwin = twin.keys();
      let isOver = false;
      for (const { id, gone, look } of steps) {
        if (gone) objects.delete(id);
        else objects.set({ id });
        if (gone) twin.delete(id);
        else twin.set(id, true);
        if (!look || isOver) continue;
        const next = seenOfTwin.next();
        isOver = next.done === true;
        expect(seen.next().value?.id).toBe(next.value);
      }
      const all = [...twin.keys()];
      expect(objects.inOrder([...objects.values()].reverse()).map(({ id }) => id)).toEqual(all);
    }),
    { seed: 1, numRuns: 500 },
  );
});
