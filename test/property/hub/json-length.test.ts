import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLength } from '../../../src/hub/json-length.js';

const KEY = fc.stringMatching(/^[a-zA-Z]{1,12}$/);

test('the length of plain data is that of its JSON text', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(KEY, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (data) => {
      expect(jsonLength(data)).toBe(JSON.stringify(data).length);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
