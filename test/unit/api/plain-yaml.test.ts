import * as jsYaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { NOT_PLAIN, parsePlainYaml } from '../../../src/api/plain-yaml.js';

const read = (text: string): unknown => parsePlainYaml(text, (scalar) => `number ${scalar}`);

describe('parsePlainYaml', () => {
  it('reads nested mappings, sequences at either indentation, and quoted scalars', () => {
    expect(read('a:\n  b: x y\n  c:\n  - 1\n  - d: \'2\'\n    e: "f: #"\n'.replace('#', 'g'))).toEqual({
      a: { b: 'x y', c: [1, { d: '2', e: 'f: g' }] },
    });
    expect(read('a:\n- b:\n  - c\n-\n  d: {}\ne:\nf: []')).toEqual({ a: [{ b: ['c'] }, { d: {} }], e: null, f: [] });
  });

  it('leaves to the full parser what looks like a number but is no plain integer', () => {
    expect(read('a: 1.5\nb: 010\nc: 1e3\nd: -7')).toEqual({ a: 'number 1.5', b: 'number 010', c: 'number 1e3', d: -7 });
  });

  it.each(['12000m', '010M', '0.5Gi', '1Ei', '1k'])('knows that %s is a text, as the full parser does', (amount) => {
    expect(read(`a: ${amount}`)).toEqual({ a: amount });
    expect(jsYaml.load(`a: ${amount}`)).toEqual({ a: amount });
  });

  it.each([
    'a: b # c',
    'a: |\n  b',
    'a: &x b',
    'a: *x',
    'a: !!str b',
    'a: {b: c}',
    'a: b\n  c',
    'a: b: c',
    'a: b:',
    "a: 'it''s'",
    'a: "\\n"',
    "a: 'b",
    'a: 1\na: 2',
    'a:b',
    '"a": b',
    'true: a',
    'a:\n\tb: c',
    'a: ü',
    'a:\n  b: 1\n c: 2',
    '- a\n  b',
    'a: -',
    'a: ~',
    '? a',
    '--- a',
  ])('does not trust itself with %j', (text) => {
    expect(read(text)).toBe(NOT_PLAIN);
  });
});
