import { describe, expect, test } from 'vitest';
import { DEPLOYMENT } from '../../../src/api/kind.js';
import { load, mistake, WEB } from './scenario-files.js';
import { ToldRun } from './told-run.js';

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
    ['a name of what is not got', 'load: closed, verb: list, resource: pods, count: 1, name: x', 'a list has no name'],
    ['a namespace alone', 'load: closed, verb: get, resource: pods, count: 1, namespace: x', 'is for a get by name'],
    [
      'a namespace of what has none',
      'load: closed, verb: get, resource: nodes, count: 1, name: n, namespace: x',
      'a Node is in no namespace',
    ],
    ['a propagation that is none', 'delete: pod/web, propagation: forward', 'allowed: background, foreground, orphan'],
  ])('refuse %s', (_, step, message) => {
    expect(mistake(of(step))).toContain(message);
  });
});

describe('annotate', () => {
  const notes = (...steps: readonly string[]) => {
    const timeline = steps.map((step) => `  - { at: converged, annotate: deployment/web, annotations: ${step} }\n`);
    const run = new ToldRun(`${NODES}before: [ { apply: web.yaml } ]\ntimeline:\n${timeline.join('')}`);
    expect(run.summary.end.reason).toBe('converged');
    return run.told(DEPLOYMENT, 'web').map(({ object }) => object.metadata.annotations);
  };

  test('writes annotations, over others if need be, and takes them away', () => {
    const [first, second, third] = notes('{ note: hello, team: fruit }', '{ note: bye }', '{ note: null }');
    expect(first).toMatchObject({ note: 'hello', team: 'fruit' });
    expect(second).toMatchObject({ note: 'bye', team: 'fruit' });
    expect(third).toMatchObject({ team: 'fruit' });
    expect(third).not.toHaveProperty('note');
  });

  test('changes nothing when all is there already, and makes no pod anew', () => {
    expect(notes('{ note: hello }', '{ note: hello }')).toHaveLength(1);
  });

  test('refuses a key that is none', () => {
    expect(mistake(of('annotate: deployment/web, annotations: { "a b": c }'))).toContain('annotations.a b: the key');
  });
});
