import { expect, test } from 'vitest';
import { chosenCases, readOptions } from '../../../bench/options.js';

test('an option that is unknown is refused with those there are', () => {
  expect(() => readOptions(['--onyl', 'hold'])).toThrow("Unknown option '--onyl'");
  expect(readOptions(['--only', 'hold', '--compare'])).toMatchObject({ only: 'hold', compare: true, smoke: false });
});

test('cases are chosen by a part of their names, and names that none has are refused', () => {
  expect(chosenCases(readOptions(['--only', '5000 nodes']))).toContain('timer mix: 5000 nodes');
  expect(() => chosenCases(readOptions(['--only', 'quantum']))).toThrow('--only quantum: no case has that in its name');
});
