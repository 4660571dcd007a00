import fc from 'fast-check';
import type { LabelSelector } from '../../../src/api/label-selector.js';

const word = fc.constantFrom('a', 'b', 'c', 'in', 'notin');

export const anyLabels: fc.Arbitrary<Record<string, string>> = fc.dictionary(word, word, { maxKeys: 3 });

const expression = fc.oneof(
  fc.record({
    key: word,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(word, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: word, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

/** As objects carry it; a condition may name a value twice. */
export const anySelector: fc.Arbitrary<LabelSelector> = fc.record(
  { matchLabels: anyLabels, matchExpressions: fc.array(expression, { maxLength: 3 }) },
  { requiredKeys: [] },
);
