import fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { NOT_PLAIN, parsePlainYaml } from '../../../src/api/plain-yaml.js';

const OPTIONS = { schema: jsYaml.CORE_SCHEMA.withTags(jsYaml.mergeTag) };
const load = (text: string): unknown => jsYaml.load(text, OPTIONS);

function full(text: string): unknown {
  try {
    return load(text);
  } catch {
    return 'an error';
  }
}

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '12000m',
    '0.5Gi',
    '010M',
    '1E',
    '1e3k',
    '0x10',
    '010',
    '1e3',
    'a: b',
    '- a',
    'true',
    'null',
    '~',
    '1.5',
    '2024-01-01',
    'x#y',
    '.inf',
  ),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b.c', 'd/e', 'True', 'f-1', '1'), tie('value'), { maxKeys: 3 }),
}));

const INDENTED = ['\n', '\n  ', '\n    ', '- ', 'a:', 'b: ', 'c', ' ', "'", '"', '{}', '1', ': ', ' #', '|', 'x y'];

describe('the plain YAML reader', () => {
  it('reads what is dumped like the full parser, or not at all', () => {
    fc.assert(
      fc.property(value, fc.boolean(), (content, indented) => {
        const text = jsYaml.dump(content, { seqNoIndent: !indented } as object);
        const plain = parsePlainYaml(text, load);
        if (plain !== NOT_PLAIN) expect(plain).toEqual(full(text));
      }),
      { seed: 42, numRuns: 2000 },
    );
  });

  it('reads scraps of YAML like the full parser, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...INDENTED), { minLength: 1, maxLength: 12 }), (scraps) => {
        const text = `a:${scraps.join('')}`;
        const plain = parsePlainYaml(text, load);
        if (plain === NOT_PLAIN) return;
        read++;
        expect(plain).toEqual(full(text));
      }),
      { seed: 42, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(500);
  });
});
