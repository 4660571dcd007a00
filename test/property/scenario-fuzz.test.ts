import { expect, test } from 'vitest';
import { examine } from '../fuzz/fuzz.js';

// The whole of 10,000 is `npm run fuzz`; each number is one mutant, here as there.
test('mutants of scenarios and manifests are refused with place and reason, or run to their end', {
  timeout: 120_000,
}, () => {
  const verdicts = Array.from({ length: 150 }, (_, index) => examine(index + 1, () => 0));
  expect(verdicts.filter(({ problem }) => problem !== undefined)).toEqual([]);
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
  expect([...outcomes].sort()).toEqual(['read', 'refused', 'run']);
});
