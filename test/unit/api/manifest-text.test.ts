import { describe, expect, it } from 'vitest';
import { ManifestText } from '../../../src/api/manifest-text.js';

const values = (text: string): readonly unknown[] => new ManifestText(text, 'a').documents().map(({ value }) => value);

describe('ManifestText', () => {
  it('reads a top-level field that many documents share once', () => {
    const [a, b] = values('n: 1\nspec:\n  x: y\n---\nn: 2\nspec:\n  x: y\n') as { spec: object }[];
    expect(a).toEqual({ n: 1, spec: { x: 'y' } });
    expect(b?.spec).toBe(a?.spec);
  });

  it('follows anchors from one top-level field into another', () => {
    expect(values('a: &x\n  b: c\nd: *x\n')).toEqual([{ a: { b: 'c' }, d: { b: 'c' } }]);
  });

  it('takes --- for a document only where it stands alone at the start of a line', () => {
    expect(values('a: x---y\n---\nb: |\n  ---\n--- {c: d}\n')).toEqual([{ a: 'x---y' }, { b: '---\n' }, { c: 'd' }]);
    expect(values('a: 1\n---b: 2\n--- # comment\nc: 3')).toEqual([{ a: 1, '---b': 2 }, { c: 3 }]);
  });

  it('refuses a top-level field twice', () => {
    expect(() => values('a: 1\nb: 2\na: 3\n')).toThrow(/not valid YAML: Map keys must be unique/);
  });

  it('knows the place of every value and of the names of fields', () => {
    const text = new ManifestText('a: 1\n---\n# comment\nb:\n- c: 2\n  d: x\n', 'a');
    const [, second] = text.documents();
    expect(text.place(second!, ['b', 0, 'd'])).toEqual({ line: 6, column: 6 });
    expect(text.place(second!, ['b', 0, 'd'], true)).toEqual({ line: 6, column: 3 });
    expect(text.place(second!, ['b', 0, 'missing', 'deeper'])).toEqual({ line: 5, column: 3 });
  });
});
