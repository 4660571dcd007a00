import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject } from '../../../src/api/json.js';
import { mergePatch } from '../../../src/api/json-merge-patch.js';

const key = fc.constantFrom('a', 'b', 'c');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.nat(3), fc.constant(null), fc.array(fc.nat(3), { maxLength: 2 }), tie('object')),
  object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
}));

function hasNull(patch: unknown): boolean {
  return patch === null || (isObject(patch) && Object.values(patch).some(hasNull));
}

const seed = { seed: 42, numRuns: 1000 };

describe('mergePatch', () => {
  it('changes neither of its arguments', () => {
    fc.assert(
      fc.property(value, value, (target, patch) => {
        const before = structuredClone([target, patch]);
        mergePatch(target, patch);
        expect([target, patch]).toEqual(before);
      }),
      seed,
    );
  });

  it('applied twice is the same as once', () => {
    fc.assert(
      fc.property(value, value, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
      seed,
    );
  });

  it('with an empty object changes no object', () => {
    fc.assert(
      fc.property(value.filter(isObject), (target) => {
        expect(mergePatch(target, {})).toEqual(target);
      }),
      seed,
    );
  });

  it('onto nothing gives a patch without nulls itself', () => {
    fc.assert(
      fc.property(
        value.filter((patch) => !hasNull(patch)),
        (patch) => {
          expect(mergePatch(undefined, patch)).toEqual(patch);
        },
      ),
      seed,
    );
  });
});
