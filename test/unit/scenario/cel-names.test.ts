import { parse } from '@marcbachmann/cel-js';
import { expect, test } from 'vitest';
import { namesIn } from '../../../src/scenario/cel-names.js';
import { readCondition } from '../../../src/scenario/live-figures.js';

test.each([
  ['pods.createdAt.p50 < 3.0', ['pods.createdAt.p50', 'pods.createdAt', 'pods']],
  ['cpu["pods.web"] > size(hosts)', ['cpu', 'hosts']],
  ['(end).reason.startsWith("c") ? [seed] : [1]', ['end.reason', 'end', 'seed']],
  ['orders.all(order, order.wanted == 3)', ['orders']],
  ['has(pods.evicted) && pods.evicted.p50 == 0', ['pods', 'pods']],
  ['[].exists() || has() || 1 in {"a": 2}', []],
])('%s asks for what it asks for', (expression, names) => {
  expect(namesIn(parse(expression).ast).map((keys) => keys.join('.'))).toEqual(names);
});

test('what stands in a text of a condition is no figure', () => {
  expect(readCondition('workloads["Deployment/default/pods.web"].converged').expression).toContain('pods.web');
  expect(() => readCondition('pods.web > 1')).toThrow('there is no figure pods.web');
});

test('figures of the end are not looked at over time, whatever is read of them', () => {
  expect(() => readCondition('cpu["etcd"] > 1.0')).toThrow('cpu is known only when a run is over');
  expect(() => readCondition('orders.all(order, order.wanted == 3)')).toThrow('orders is known only when');
});
