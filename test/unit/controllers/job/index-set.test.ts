import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexSet } from '../../../../src/spokes/controllers/job/index-set.js';

const COMPLETIONS = 40;
const indexes = fc.array(fc.nat(COMPLETIONS - 1));
const seed = 6;

describe('a set of indexes', () => {
  it('holds what was put in, and nothing else', () => {
    fc.assert(
      fc.property(indexes, indexes, (some, more) => {
        const set = IndexSet.of(some).with(more);
        const plain = new Set([...some, ...more]);
        expect(set.size).toBe(plain.size);
        for (let index = 0; index < COMPLETIONS; index++) expect(set.has(index)).toBe(plain.has(index));
      }),
      { seed },
    );
  });

  it('is read again from its text', () => {
    fc.assert(
      fc.property(indexes, (some) => {
        const text = IndexSet.of(some).toString();
        expect(IndexSet.parse(text, COMPLETIONS).toString()).toBe(text);
      }),
      { seed },
    );
  });

  it('joins and overlaps like plain sets, and knows its gaps', () => {
    fc.assert(
      fc.property(indexes, indexes, fc.nat(9), (some, others, count) => {
        const a = new Set(some);
        const b = new Set(others);
        expect(IndexSet.of(some).union(IndexSet.of(others)).size).toBe(new Set([...a, ...b]).size);
        expect(IndexSet.of(some).overlap(IndexSet.of(others))).toBe([...a].filter((index) => b.has(index)).length);
        const gaps = Array.from({ length: COMPLETIONS }, (_, index) => index).filter((index) => !a.has(index));
        expect(IndexSet.of(some).firstMissing(count, COMPLETIONS)).toEqual(gaps.slice(0, count));
      }),
      { seed },
    );
  });
});
