import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { aliasProblem } from '../../../src/api/alias-problem.js';

test('an anchor may be used more than once', () => {
  expect(aliasProblem(load('a: &a { x: 1 }\nb: [ *a, *a ]\n'))).toBeUndefined();
});

test('an anchor that holds itself is found, with its path', () => {
  expect(aliasProblem(load('a: &a { x: [ 1, *a ] }\n'))).toMatchObject({ path: ['a', 'x', 1] });
});

test('aliases of aliases cannot make a document grow without bound', () => {
  const lines = Array.from({ length: 12 }, (_, level) => `  - &l${level + 1} [${`*l${level}, `.repeat(9)}]`);
  const message = 'is too large with all its aliases written out';
  expect(aliasProblem(load(`all:\n  - &l0 x\n${lines.join('\n')}\n`))).toMatchObject({ message });
});
