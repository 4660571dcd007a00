import { describe, expect, test } from 'vitest';
import { mistake, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';

describe('more than fits into memory is refused with its place, its value and a way out', () => {
  test.each([
    [
      'nodes',
      'cluster: { nodes: [ { count: 1e12 } ] }',
      'main.yaml:1:30: cluster.nodes[0].count: 1000000000000 is too',
    ],
    [
      'nodes of all groups',
      'cluster: { nodes: [ { count: 900000 }, { count: 900000 } ] }',
      'cluster.nodes: 1800000 nodes are too many; a cluster has at most 1000000',
    ],
    ['processes', 'cluster: { nodes: [ { count: 1 } ], scheduler: { replicas: 1e9 } }', 'must be at most 100'],
    [
      'watchers',
      'cluster: { nodes: [ { count: 1 } ], watchers: [ { count: 1e9, resource: pods } ] }',
      'must be at most',
    ],
    [
      'rounds of a loop',
      `${NODES}timeline: [ { each: { i: 1000000000 }, steps: [ { at: 0s, delete: pod/a } ] } ]`,
      'main.yaml:2:26: 1000000000 rounds are more than 10000; use load: or times:',
    ],
  ])('%s', (_, text, expected) => {
    expect(mistake({ 'main.yaml': text })).toContain(expected);
  });

  test.each([
    ['pods', 'scale: deployment/web, replicas: 1e9', 'timeline[0].replicas: 1000000000 is too large; must be at most'],
    ['requests', 'load: open, rate: 10, verb: create, resource: configmaps, count: 1e12', 'timeline[0].count: '],
    ['clients', 'load: closed, clients: 1e9, verb: list, resource: pods, for: 1s', 'timeline[0].clients: '],
    ['objects', 'load: closed, verb: get, resource: configmaps, objects: 1e9, for: 1s', 'timeline[0].objects: '],
    ['bytes', 'load: closed, verb: create, resource: configmaps, bytes: 1e9, for: 1s', 'must be at most 1048576'],
    [
      'objects in all namespaces',
      'load: open, rate: 9, verb: create, resource: configmaps, namespaces: 1000, perNamespace: 100000',
      'timeline[0].perNamespace: makes 100000000 objects in all; at most 10000000',
    ],
    ['turns of an apply', 'apply: web.yaml, every: 1s, times: 1e6', 'timeline[0].times: makes 2000000 objects in all'],
  ])('%s of a step', (_, step, expected) => {
    const two = `${WEB}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: two }\n`;
    expect(mistake({ 'main.yaml': `${NODES}timeline: [ { at: 0s, ${step} } ]`, 'web.yaml': two })).toContain(expected);
  });

  test('pods of a manifest', () => {
    const manifest = WEB.replace(/replicas: \d+/, 'replicas: 1000000000');
    expect(mistake({ 'main.yaml': `${NODES}timeline: [ { at: 0s, apply: web.yaml } ]`, 'web.yaml': manifest })).toMatch(
      /^web\.yaml:\d+:\d+: spec\.replicas: must be an integer from 0 to 10000000, not 1000000000/,
    );
  });
});
