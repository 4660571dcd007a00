import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: one }\nspec: { containers: [ { name: c, image: pause } ] }\n';

function load(fault: string) {
  const text = `
cluster: { profile: ideal, nodes: [ { count: 1 } ], kubelet: { model: hollow } }
timeline: [ { at: 1s, ${fault} }, { at: 2s, apply: pod.yaml } ]
`;
  const readFile = (path: string): string =>
    path === 's.yaml' ? text : path === 'pod.yaml' ? POD : readFileSync(path, 'utf8');
  return loadScenario('s.yaml', { readFile });
}

test('a stale cache hears of everything when the fault is over, in order, and nothing is lost', () => {
  const { summary } = simulate(load('fault: stale-cache, target: kube-scheduler, resource: pods, for: 10s'));
  expect(summary.end.reason).toBe('converged');
  expect(summary.pods.boundAt.p100).toBeCloseTo(11, 6);
});

test('a fault of a cache that is not there is refused with its place', () => {
  const run = (fault: string) => () => simulate(load(fault));
  expect(run('fault: stale-cache, target: kube-schedular, resource: pods, for: 10s')).toThrow(
    /no program kube-schedular/,
  );
  expect(run('fault: stale-cache, target: kubelet, resource: secrets, for: 10s')).toThrow(/that watches secrets/);
  expect(run('fault: stale-cache, target: kubelet, resource: podz, for: 10s')).toThrow(/unknown resource "podz"/);
});
