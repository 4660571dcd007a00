import { parse } from '@marcbachmann/cel-js';
import { expect, test } from 'vitest';
import { unknownFigure } from '../../../src/scenario/figure-name.js';

test.each([
  'pods.running == 3 && end.reason == "converged"',
  'end.reason.startsWith("conv")',
  'cpu["kube-apiserver"] > 1.0 && cpu.etcd > 1.0',
  'hub.byRequest.filter(request, request.code == 429).size() == 0',
  'convergence.workloads.exists(w, w.name == "web" && w.changes[0].seconds < 3.0)',
  'name == "pods.of.no.account"',
  'orders.all(order, order.wanted == order.running) && hosts.exists(host, host.busy > 0.5)',
  'has(pods.evicted) && pods.evicted == 0',
  'hosts.map(pods, pods.cores + 1) == [3] || {"a": hub.rejected}.a == 0',
  'over_time_0 || mesh.lost == 0',
])('all names of %s are known, or its own', (expression) => {
  expect(unknownFigure(parse(expression).ast)).toBeUndefined();
});

test.each([
  ['pods.runing == 3', 'pods.runing'],
  ['1.0 < hub.latency.read.p95', 'hub.latency.read.p95'],
  ['podz.running == 3', 'podz'],
  ['ordrs.all(order, order.wanted == order.running)', 'ordrs'],
  ['[1, 2].exists(n, pods.runing == n)', 'pods.runing'],
  ['hub.bytes.answers > 0', 'hub.bytes'],
  ['end.reason == "stuck" || nodes.ready == 3', 'nodes.ready'],
])('%s asks for what there never is', (expression, name) => {
  expect(unknownFigure(parse(expression).ast)?.name).toBe(name);
});
