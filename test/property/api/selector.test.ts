import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSelector, matches } from '../../../src/api/label-selector.js';
import { parseSelector } from '../../../src/api/selector-text.js';
import { anyLabels as labels, anySelector as selector } from './any-selector.js';

const seed = { seed: 42, numRuns: 1000 };

describe('label selectors', () => {
  it('mean what their definition says, compiled or not', () => {
    fc.assert(
      fc.property(selector, labels, (wanted, actual) => {
        const expected =
          Object.entries(wanted.matchLabels ?? {}).every(([key, value]) => actual[key] === value) &&
          (wanted.matchExpressions ?? []).every((condition) => {
            const value = actual[condition.key];
            if (condition.operator === 'Exists') return value !== undefined;
            if (condition.operator === 'DoesNotExist') return value === undefined;
            const values = 'values' in condition ? condition.values : [];
            return condition.operator === 'In'
              ? value !== undefined && values.includes(value)
              : value === undefined || !values.includes(value);
          });
        expect(matches(wanted, actual)).toBe(expected);
        expect(compileSelector(wanted).matches(actual)).toBe(expected);
      }),
      seed,
    );
  });

  it('mean the same after they were printed and read', () => {
    fc.assert(
      fc.property(selector, labels, (wanted, actual) => {
        const compiled = compileSelector(wanted);
        const read = parseSelector(compiled.toString());
        expect(read.matches(actual)).toBe(compiled.matches(actual));
        expect(read.toString()).toBe(parseSelector(read.toString()).toString());
      }),
      seed,
    );
  });

  it('never crash on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=!,()<> in') }), (text) => {
        try {
          parseSelector(text);
        } catch (error) {
          expect((error as Error).name).toBe('InputError');
        }
      }),
      seed,
    );
  });
});
