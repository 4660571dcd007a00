import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from './scenario-files.js';

const HEAD = 'cluster: { profile: ideal, nodes: [ { count: 3 } ], kubelet: { model: hollow, podStart: 0s } }\n';

function summary(fault: string): Summary {
  const timeline = `timeline:\n  - { at: 0s, ${fault} }\n  - { at: 1s, apply: web.yaml }\n`;
  return simulate(load({ 'main.yaml': `${HEAD}${timeline}`, 'web.yaml': WEB })).summary;
}

describe('a watch', () => {
  test('that is dropped is opened again where it was, as soon as it can be', () => {
    const { pods, end, hub } = summary('fault: watch-drop, target: kube-scheduler, resource: pods, for: 6s');
    expect([pods.running, end.reason]).toEqual([3, 'converged']);
    expect(pods.boundAt.p1).toBeGreaterThanOrEqual(6);
    expect(pods.boundAt.p1).toBeLessThan(6.1);
    const opened = hub.byRequest.filter(({ verb, client }) => verb === 'watch' && client === 'kube-scheduler');
    expect(opened.map(({ resource, count }) => [resource, count])).toEqual([['pods', 1]]);
    expect(summary('fault: watch-drop, target: kube-scheduler, resource: pods').pods.boundAt.p100).toBeLessThan(1.1);
  });

  test('that is slow delivers everything so much later, for a while', () => {
    const slow = 'fault: watch-delay, target: kube-scheduler, resource: pods, delay: 2s';
    const { pods, end } = summary(`${slow}, for: 1m`);
    expect([pods.running, end.reason]).toEqual([3, 'converged']);
    expect(pods.boundAt.p1).toBeGreaterThanOrEqual(3);
    expect(summary(`${slow}, for: 500ms`).pods.boundAt.p100).toBeLessThan(1.1);
  });

  test('of a process that is dead or does not lead yet has nothing to lose', () => {
    const drops = 'fault: watch-drop, target: kube-controller-manager, resource: pods, every: 1s, times: 30';
    const kill = '{ at: 2s, fault: kill, target: controller-manager/0, for: 5s }';
    const timeline = `timeline:\n  - { at: 0s, apply: web.yaml }\n  - { at: 1s, ${drops} }\n  - ${kill}\n`;
    const { pods, end } = simulate(load({ 'main.yaml': `${HEAD}${timeline}`, 'web.yaml': WEB })).summary;
    expect([pods.running, end.reason]).toEqual([3, 'converged']);
    expect(end.virtualSeconds).toBeGreaterThan(29);
  });

  test('is disturbed in the process that leads, whichever it is', () => {
    const head = HEAD.replace('kubelet:', 'controllerManager: { replicas: 2 }, kubelet:');
    const fault = 'fault: stale-cache, target: kube-controller-manager, resource: replicasets, for: 10s';
    const kill = '{ at: 0s, fault: kill, target: controller-manager/0 }';
    const timeline = `timeline:\n  - ${kill}\n  - { at: 60s, ${fault} }\n  - { at: 61s, apply: web.yaml }\n`;
    const { pods } = simulate(load({ 'main.yaml': `${head}${timeline}`, 'web.yaml': WEB })).summary;
    expect(pods.running).toBe(3);
    expect(pods.createdAt.p1).toBeGreaterThanOrEqual(70);
  });

  test.each([
    ['fault: watch-delay, target: kube-scheduler, resource: pods, for: 1m', 'the key "delay" is missing'],
    ['fault: watch-drop, target: kube-scheduler, resource: podz', 'unknown resource "podz"; did you mean "pods"?'],
  ])('that is not described is a mistake: %s', (fault, message) => {
    expect(mistake({ 'main.yaml': `${HEAD}timeline: [ { at: 0s, ${fault} } ]\n` })).toContain(message);
  });
});
