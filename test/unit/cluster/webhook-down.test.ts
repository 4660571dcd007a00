import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { Summary } from '../../../src/measure/summary.js';
import { simulate } from '../../../src/scenario/simulate.js';
import { load, WEB } from '../scenario/scenario-files.js';

/** Three pods are ordered when nobody answers the webhook that is asked about pods. */
function ran(failurePolicy: string, fault: string): Summary {
  const text = `cluster:
  profile: ideal
  nodes: [ { count: 3 } ]
  kubelet: { model: hollow, podStart: 0s }
  apiServer:
    validatingWebhooks:
      - { name: policy.example, latency: 5ms, timeoutSeconds: 2, failurePolicy: ${failurePolicy}, rules: [ { operations: [CREATE], resources: [pods] } ] }
timeline:
  - { at: 0s, fault: webhook-down, ${fault} }
  - { at: 0s, apply: web.yaml }
stop: { when: converged, atMost: 5m }
`;
  return simulate(load({ 'main.yaml': text, 'web.yaml': WEB })).summary;
}

const refusals = ({ hub }: Summary): number =>
  hub.byRequest
    .filter(({ verb, resource, code }) => verb === 'create' && resource === 'pods' && code === 500)
    .reduce((sum, { count }) => sum + count, 0);

describe('a webhook that nobody answers', () => {
  it('has pods refused until it answers again, where its failures count', () => {
    const summary = ran('Fail', 'webhook: policy.example, for: 20s');
    expect(summary.end.reason).toBe('converged');
    expect(refusals(summary)).toBeGreaterThan(2);
    expect(summary.pods.createdAt.p1!).toBeGreaterThan(20);
    expect(summary.pods.running).toBe(3);
  });

  it('costs its timeout and nothing else, where they are passed over', () => {
    const summary = ran('Ignore', 'webhook: policy.example, for: 20s');
    expect(refusals(summary)).toBe(0);
    expect(summary.pods.createdAt.p1!).toBeGreaterThanOrEqual(2);
    expect(summary.pods.createdAt.p1!).toBeLessThan(2.5);
  });

  it('keeps pods out for good if it never comes back', () => {
    const summary = ran('Fail', 'webhook: policy.example');
    expect([summary.end.reason, summary.pods.created]).toEqual(['horizon', 0]);
  });

  it('must be one that there is', () => {
    expect(() => ran('Fail', 'webhook: policy.exmaple')).toThrow(InputError);
    expect(() => ran('Fail', 'webhook: policy.exmaple')).toThrow('there is no webhook "policy.exmaple"');
  });
});
