import { expect, test } from 'vitest';
import { judge } from '../../../src/scenario/expectation.js';
import { syntheticSummary } from '../report/synthetic.js';

const place = { file: 'main.yaml', line: 1, column: 1, path: 'expect[0]' };
const summary = syntheticSummary(1000);

function verdict(expression: string): [unknown, boolean] {
  const [result] = judge([{ expression, rest: expression, temporals: [], place }], summary);
  return [result?.value, result?.pass ?? false];
}

test('a true condition passes, a false one fails', () => {
  expect(verdict('convergence.seconds < 60.0 && hub.rejected == 0')).toEqual([true, true]);
  expect(verdict('pods.running > 1000')).toEqual([false, false]);
});

test('keys with dashes are read by index', () => {
  expect(verdict('cpu["kube-apiserver"] > 1.0')).toEqual([true, true]);
});

test('what was never measured fails and says so', () => {
  const [value, pass] = verdict('hub.load.rate > 5.0');
  expect(pass).toBe(false);
  expect(value).toContain('null');
});

test('an unknown key fails and is named', () => {
  expect(verdict('pods.runing == 3')).toEqual(['No such key: runing', false]);
});

test('a value that is no condition fails', () => {
  expect(verdict('hub.rejected')).toEqual([0, false]);
});
