import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, mistake, WEB } from './scenario-files.js';

const HEAD = 'cluster: { profile: ideal, nodes: [ { count: 3 } ], kubelet: { podStart: 2s } }\n';

function summary(text: string): Summary {
  return simulate(load({ 'main.yaml': `${HEAD}${text}`, 'web.yaml': WEB })).summary;
}

describe('conditions over the live figures', () => {
  test('start steps, and look at pods, nodes, workloads and the hub', () => {
    const { end, expectations } = summary(`timeline:
  - { at: 0s, apply: web.yaml }
  - { at: { when: 'pods.running == 3 && time > 1.5' }, scale: deployment/web, replicas: 5 }
  - { at: { when: 'workloads["Deployment/default/web"].available == 5' }, cordon: node/node-0001 }
expect:
  - within(10s, pods.ready == 5)
  - eventually(nodes.unschedulable == 1)
  - always(nodes.ready == 3 && pods.total <= 5 && hub.rejected == 0)
`);
    expect(end.reason).toBe('converged');
    expect(expectations.filter(({ pass }) => !pass)).toEqual([]);
  });

  test('say when and by what they failed', () => {
    const { expectations } = summary(`observe: 1s
timeline: [ { at: 0s, apply: web.yaml } ]
expect: [ "always(pods.running == 0)", "within(1s, pods.running == 3)" ]
`);
    expect(expectations).toMatchObject([
      { pass: false, value: expect.stringMatching(/^false at 2\.\d+ s: pods\.running = 3$/) },
      { pass: false, value: 'false at 1 s: pods.running = 0' },
    ]);
  });

  test('that never come true are named at the end', () => {
    const { end } = summary(
      `timeline: [ { at: { when: pods.running > 3 }, delete: deployment/web } ]\nstop: { atMost: 5s }\n`,
    );
    expect(end).toMatchObject({ reason: 'horizon', findings: ['timeline[0] never came: pods.running > 3'] });
  });

  test('change nothing but what they start: the events are the same with and without', () => {
    const apply = 'timeline: [ { at: 0s, apply: web.yaml } ]\n';
    const { fingerprint } = summary(apply);
    expect(summary(`${apply}observe: 10ms\nexpect: [ always(pods.total < 9) ]\n`).fingerprint).toBe(fingerprint);
  });

  test.each([
    ['{ at: { when: "pods.running >=" }, delete: pod/a }', 'timeline[0].at.when: this is not CEL'],
    [
      '{ at: { when: "pods.runing > 1" }, delete: pod/a }',
      'there is no figure pods.runing; did you mean "pods.running"?',
    ],
    ['{ at: { whn: x }, delete: pod/a }', 'unknown key "whn"; did you mean "when"?'],
    ['{ at: 0s, delete: pod/a, times: 3 }', 'times: needs every:; write every: 1s'],
    ['{ at: 0s, delete: pod/a, every: 0s }', 'nothing happens again and again at once'],
    ['{ at: 0s, apply: web.yaml, every: 1s }', 'every: needs times:'],
    ['{ at: 0s, apply: web.yaml, every: exponential(mean=1s), times: 3 }', 'an apply is repeated at equal intervals'],
    ['{ at: 0s, steps: [ { at: 5s, delete: pod/a }, { at: 1s, delete: pod/b } ] }', 'timeline[0].steps[1].at: a step'],
    [
      '{ at: 0s, steps: [ { at: 5s, delet: pod/a } ] }',
      'timeline[0].steps[0].delet: unknown key "delet"; did you mean',
    ],
    ['{ at: 0s, fault: node-crash, nodes: { any: 0 } }', 'timeline[0].nodes.any: 0 is too small'],
  ])('are a mistake with its place: %s', (step, message) => {
    const found = mistake({ 'main.yaml': `${HEAD}timeline:\n  - ${step}\n`, 'web.yaml': WEB });
    expect(found).toContain(message);
    expect(found).toMatch(/^main\.yaml:3:/);
  });

  test.each([
    ['always(pods.running >= )', 'expect[0]: this is not CEL'],
    ['always(nodes.redy == 3)', 'there is no figure nodes.redy; did you mean "nodes.ready"?'],
    ['within(pods.running)', 'within takes a time and a condition'],
    ['within(soon, pods.running > 1)', '"soon" is not a duration'],
    ['eventually(pods.running', 'a parenthesis is not closed'],
  ])('in an expectation are a mistake with its place: %s', (expression, message) => {
    expect(mistake({ 'main.yaml': `${HEAD}expect:\n  - ${expression}\n` })).toContain(message);
  });
});
