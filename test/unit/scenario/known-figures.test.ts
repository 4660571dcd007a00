import { expect, test } from 'vitest';
import { SUMMARY_SHAPE } from '../../../src/measure/summary-shape.js';
import { KnownFigures } from '../../../src/scenario/known-figures.js';
import { readCondition } from '../../../src/scenario/live-figures.js';

const figures = new KnownFigures(SUMMARY_SHAPE);

test.each([
  'pods.running == 3 && end.reason == "converged"',
  'end.reason.startsWith("conv") ? [seed] == [1] : pods["running"] > size(hosts)',
  'cpu["kube-apiserver"] > 1.0 && cpu.etcd > 1.0 && cpu["pods.web"] > 1.0',
  'hub.byRequest.filter(request, request.code == 429).size() == 0',
  'convergence.workloads.exists(w, w.name == "web" && w.changes[0].seconds < 3.0)',
  'name == "pods.of.no.account"',
  'orders.all(order, order.wanted == order.running) && hosts.exists(host, host.busy > 0.5)',
  'orders.all(pods, pods.evicted == 0)',
  'has(mesh.lost) && mesh.lost == 0 && !has(pods.evicted)',
  'hosts.map(pods, pods.cores + 1) == [3] || {"a": hub.rejected}.a == 0',
  'cel.bind(own, pods, own.running > 1)',
  'type(seed) == int || over_time_0',
])('all names of %s are known, or its own', (expression) => {
  expect(figures.unknownIn(expression, ['over_time_0'])).toBeUndefined();
});

test.each([
  ['pods.runing == 3', 'pods.runing'],
  ['1.0 < hub.latency["read"].p95', 'hub.latency.read.p95'],
  ['podz.running == 3', 'podz'],
  ['foo.bar == 1', 'foo'],
  ['ordrs.all(order, order.wanted == order.running)', 'ordrs'],
  ['orders.all(order, order.wanted == order.running) && order.running == 1', 'order'],
  ['[1, 2].exists(n, pods.runing == n)', 'pods.runing'],
  ['hub.bytes.answers > 0', 'hub.bytes'],
  ['end.reason == "stuck" || nodes.ready == 3', 'nodes.ready'],
  ['over_time_1', 'over_time_1'],
])('%s asks for what there never is', (expression, name) => {
  expect(figures.unknownIn(expression, ['over_time_0'])?.keys.join('.')).toBe(name);
});

test('what may stand in place of an unknown key is what its group has', () => {
  expect(figures.unknownIn('hub.latency.read.p95 > 1.0')?.known).toEqual(['p50', 'p90', 'p99', 'max']);
  expect(figures.unknownIn('podz.running == 3')?.known).toContain('pods');
});

test('a condition over time may ask for a workload by its name, and for no figure that there is not', () => {
  expect(readCondition('workloads["Deployment/default/pods.web"].converged').expression).toContain('pods.web');
  expect(() => readCondition('pods.web > 1')).toThrow('there is no figure pods.web');
  expect(() => readCondition('podz.running > 1')).toThrow('there is no figure podz');
});

test('figures of the end are not looked at over time, whatever is read of them', () => {
  expect(() => readCondition('cpu["etcd"] > 1.0')).toThrow('cpu is known only when a run is over');
  expect(() => readCondition('orders.all(order, order.wanted == 3)')).toThrow('orders is known only when');
  expect(() => readCondition('pods.runningAt.p50 < 3.0')).toThrow('pods.runningAt is known only when a run is over');
});
