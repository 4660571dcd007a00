import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from '../scenario/scenario-files.js';

const HEAD = 'cluster: { profile: ideal, nodes: [ { count: 2 } ], kubelet: { model: hollow } }\n';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: "{{ prefix }}-{{ index }}", namespace: "{{ namespace }}" }
spec: { containers: [ { name: c, image: pause } ] }
`;

function summary(steps: readonly string[], more = ''): Summary {
  const timeline = steps.map((step) => `  - ${step}\n`).join('');
  const text = `${HEAD}vars: { prefix: task }\n${more}timeline:\n${timeline}`;
  return simulate(load({ 'main.yaml': text, 'pod.yaml': POD, 'web.yaml': WEB })).summary;
}

/** `verb resource code: count` of the load. */
function requests({ hub }: Summary, client = 'load'): string[] {
  return hub.byRequest
    .filter((one) => one.client === client)
    .map(({ verb, resource, code, count }) => `${verb} ${resource} ${code}: ${count}`);
}

describe('an open load', () => {
  test.each([
    ['create', '201'],
    ['get', '200'],
    ['list', '200'],
    ['update', '200'],
    ['patch', '200'],
    ['delete', '200'],
    ['watch', '200'],
  ])('can %s at a rate, for a time or so often', (verb, code) => {
    const step = `{ at: 0s, load: open, verb: ${verb}, resource: configmaps, objects: 10, rate: 5, count: 10 }`;
    const result = summary([step]);
    expect(requests(result)).toEqual([`${verb} configmaps ${code}: 10`]);
    expect(result.end.virtualSeconds).toBeCloseTo(1.8, 1);
    if (verb === 'watch') return;
    expect(requests(summary([step.replace('count: 10', 'for: 1s')]))).toEqual([`${verb} configmaps ${code}: 5`]);
  });

  test('fills templates in and deals them out to namespaces, so many in each', () => {
    const step = '{ at: 0s, load: open, verb: create, manifest: pod.yaml, namespaces: 3, perNamespace: 2, rate: 10 }';
    const { pods, end } = summary([step]);
    expect([pods.created, pods.running, end.reason]).toEqual([6, 6, 'converged']);
    expect(summary([step.replace('3', '[default, kube-system]')]).pods.created).toBe(4);
  });

  test('deletes what it made after its lifetime', () => {
    const step = '{ at: 0s, load: open, verb: create, manifest: pod.yaml, rate: 10, count: 20, lifetime: 3s }';
    const { pods, expectations, end } = summary(
      [step],
      'expect: [ eventually(pods.total == 20), always(pods.total <= 20) ]\n',
    );
    expect([pods.created, pods.deleted, end.reason]).toEqual([20, 20, 'converged']);
    expect(expectations.every(({ pass }) => pass)).toBe(true);
    expect(end.virtualSeconds).toBeGreaterThanOrEqual(4.9);
  });

  test('does not wait for answers: requests pile up where they are slow', () => {
    const text = (rate: number): string =>
      `cluster: { nodes: [ { count: 1 } ] }\ntimeline:\n  - { at: 0s, load: open, verb: create, resource: configmaps, rate: ${rate}, for: 1s }\n`;
    const slow = simulate(load({ 'main.yaml': text(50) })).summary.hub.load.latency.p99!;
    expect(simulate(load({ 'main.yaml': text(5000) })).summary.hub.load.latency.p99!).toBeGreaterThan(10 * slow);
  });

  test('begins anew each time it is repeated', () => {
    const step = '{ at: 0s, load: open, verb: create, resource: configmaps, rate: 10, count: 3, every: 5s, times: 2 }';
    expect(requests(summary([step]))).toEqual(['create configmaps 201: 6']);
  });

  test('makes updates of others conflict in a storm, and convergence does not wait for more than its end', () => {
    const storm = '{ at: 1s, fault: conflict-storm, target: deployment/web, rate: 200, for: 3s }';
    const { hub, end } = summary([
      '{ at: 0s, apply: web.yaml }',
      storm,
      '{ at: 2s, scale: deployment/web, replicas: 9 }',
    ]);
    expect(hub.byRequest.find(({ client, resource }) => client === 'load' && resource === 'deployments')?.count).toBe(
      600,
    );
    expect(end.reason).toBe('converged');
  });
});

describe('a mistake in a load', () => {
  test.each([
    ['load: open, verb: get, resource: pods, for: 1s', 'an open load needs a rate; write rate: 20'],
    ['load: open, verb: get, resource: pods, rate: 5', 'a load needs an end'],
    ['load: open, verb: get, resource: pods, rate: fast, for: 1s', 'timeline[0].rate: "fast" is no rate'],
    ['load: open, verb: get, resource: pods, rate: 5, clients: 3, for: 1s', 'does not wait for answers'],
    ['load: closed, verb: get, resource: pods, rate: 5, for: 1s', 'a closed load is as fast as its answers'],
    ['load: closed, verb: watch, resource: pods, for: 1s', 'watches and lifetimes are for open loads'],
    ['load: open, verb: watch, resource: pods, rate: 5, for: 1s', 'a load of watches needs their number'],
    ['load: open, verb: get, resource: pods, rate: spread(over=3s), for: 1s', 'spread needs to know'],
    ['load: open, verb: create, manifest: pod.yaml, rate: 5, for: 1s', 'there is no variable prefix'],
    [
      'load: closed, verb: get, resource: pods, resourceVersionMatch: Exact, for: 1s',
      'timeline[0].resourceVersionMatch: a get has no resourceVersionMatch; write verb: list',
    ],
    [
      'load: closed, verb: list, resource: pods, resourceVersionMatch: NotOlderThan, for: 1s',
      'timeline[0].resourceVersionMatch: ',
    ],
    [
      'load: open, verb: list, resource: pods, rate: 5, resourceVersionMatch: Exact, for: 1s',
      'timeline[0].resourceVersionMatch: an open load does not wait',
    ],
    [
      'load: closed, verb: list, resource: pods, resourceVersionMatch: Exact, resourceVersion: "0", for: 1s',
      'timeline[0].resourceVersion: there is no exact state "0"; leave resourceVersion: out',
    ],
    ['load: open, verb: get, resource: podz, rate: 5, for: 1s', 'unknown resource "podz"; did you mean "pods"?'],
    ['fault: conflict-storm, target: deployment/web, rate: spread(over=1s), for: 1s', 'a storm has no number'],
  ])('is shown: %s', (step, message) => {
    expect(mistake({ 'main.yaml': `${HEAD}timeline: [ { at: 0s, ${step} } ]\n`, 'pod.yaml': POD })).toContain(message);
  });
});
