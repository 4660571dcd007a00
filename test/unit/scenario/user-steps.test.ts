import { describe, expect, test } from 'vitest';
import { load, mistake, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';
const of = (step: string) => ({ 'main.yaml': `${NODES}timeline:\n  - { at: 0s, ${step} }\n`, 'web.yaml': WEB });

describe('steps of a user', () => {
  test('name nodes as kubectl does, in a list, by zone or all', () => {
    const nodes = (text: string) => load(of(`drain: ${text}`)).timeline[0]!.action;
    expect(nodes('node/node-0001')).toMatchObject({ nodes: { by: 'name', names: ['node-0001'] } });
    expect(nodes('[node-0001, node/node-0002]')).toMatchObject({ nodes: { names: ['node-0001', 'node-0002'] } });
    expect(nodes('{ labels: { pool: spot } }')).toMatchObject({ nodes: { by: 'labels', labels: { pool: 'spot' } } });
    expect(nodes('{ any: 1, zone: a, labels: { pool: spot } }')).toMatchObject({
      nodes: { by: 'chance', count: 1, labels: { 'topology.kubernetes.io/zone': 'a', pool: 'spot' } },
    });
    expect(nodes('{ zone: a }')).toMatchObject({ nodes: { by: 'zone', zone: 'a' } });
    expect(nodes('all')).toMatchObject({ nodes: { by: 'all' } });
  });

  test('fill in what kubectl does by default', () => {
    const [drain] = load(of('drain: node/node-0001')).timeline;
    expect(drain!.action).toMatchObject({ options: { force: false, gracePeriodSeconds: -1, timeoutNs: 0 } });
    const [deletion] = load(of('delete: deployment/web')).timeline;
    expect(deletion!.action).toMatchObject({ options: { propagationPolicy: 'Background' } });
  });

  test.each([
    [
      'a node that is none',
      'cordon: deployment/web',
      'main.yaml:3:23: timeline[0].cordon: "deployment/web" does not name a node',
    ],
    [
      'a rollout that cannot be paused',
      'rollout: pause, target: daemonset/web',
      'rollout pause is not for a DaemonSet',
    ],
    ['a label that is none', 'label: pod/web, labels: { "a b": c }', 'timeline[0].labels.a b: the key or value'],
    ['a taint without key', 'taint: node/node-0001, taints: ["-"]', 'its key'],
    ['containers that are none', 'set-image: node/node-0001, images: { a: b }', 'a Node has no containers'],
    ['a propagation that is none', 'delete: pod/web, propagation: forward', 'allowed: background, foreground, orphan'],
  ])('refuse %s', (_, step, message) => {
    expect(mistake(of(step))).toContain(message);
  });
});
