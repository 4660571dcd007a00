import { describe, expect, test } from 'vitest';
import { mistake, WEB } from './scenario-files.js';

const NODES = 'cluster: { nodes: [ { count: 3 } ] }\n';
const APPLY = `${NODES}timeline: [ { at: 0s, apply: web.yaml } ]\n`;

describe('a mistake in a scenario', () => {
  test.each([
    [
      'a misspelt key that is needed',
      'name: x\nclustr: { nodes: [ { count: 1 } ] }\n',
      'main.yaml:2:1: clustr: unknown key "clustr"; did you mean "cluster"?',
    ],
    [
      'a misspelt key that is needed, further down',
      `${NODES}kinds: [ { apiVersion: a/v1, kind: A, plurl: as } ]\n`,
      'main.yaml:2:39: kinds[0].plurl: unknown key "plurl"; did you mean "plural"?',
    ],
    [
      'a label that no node can have',
      `${NODES}timeline: [ { at: 0s, cordon: { labels: { pool: 110% } } } ]\n`,
      'main.yaml:2:49: timeline[0].cordon.labels.pool: the value must be empty or consist of letters',
    ],
    [
      'a path that is none',
      `${NODES}vary: { "cluster.kube>rnetes": [ 1 ] }\n`,
      'main.yaml:2:9: vary.cluster.kube>rnetes: "cluster.kube>rnetes" is not the path of a setting',
    ],
    [
      'a fault by a name that others have for it',
      `${NODES}timeline: [ { at: 0s, fault: restart, target: scheduler/0 } ]\n`,
      'timeline[0].fault: "restart" is not allowed; write kill with for: 5s for a process, node-reboot for nodes; allowed:',
    ],
    [
      'a fault of nodes on a process',
      `${NODES}timeline: [ { at: 0s, fault: kill, target: node/node-0001 } ]\n`,
      'timeline[0].target: "node/node-0001" is no process of the control plane; write node-crash,',
    ],
    [
      'a time without unit',
      `${NODES}timeline: [ { at: 5, scale: deployment/web, replicas: 1 } ]\n`,
      'found 5; write "5"; a duration has a unit: 5s',
    ],
    [
      'a period of no time',
      'cluster: { nodes: [ { count: 1 } ], controllerManager: { nodeMonitorPeriod: 0s } }',
      'cluster.controllerManager.nodeMonitorPeriod: 0s is too short for a period; write a duration of 1ms or more',
    ],
    [
      'a figure of the end looked at over time',
      `${NODES}expect: [ always(convergence.seconds < 3.0) ]\n`,
      'expect[0]: convergence is known only when a run is over; write it outside of always',
    ],
    [
      'a misspelt figure',
      `${NODES}expect: [ convergense.seconds < 3.0 ]\n`,
      'expect[0]: summary.json has no convergense; did you mean "convergence"?',
    ],
    [
      'a misspelt figure of a group',
      `${NODES}expect: [ 'pods.createdToRuning.p99 < 3.0' ]\n`,
      'expect[0]: summary.json has no pods.createdToRuning; did you mean "createdToRunning"? allowed: created, bound',
    ],
    [
      'a figure that is only live asked for at the end',
      `${NODES}expect: [ nodes.ready == 3 ]\n`,
      'expect[0]: summary.json has no nodes.ready; that is known while a run goes on: write it within always',
    ],
    [
      'a misspelt figure of a sweep',
      `${NODES}figures: [ { name: late, value: hub.latency.mutating.p95 } ]\n`,
      'figures[0].value: summary.json has no hub.latency.mutating.p95; did you mean "p90"?',
    ],
    ['a variable that is no name', `${NODES}vars: { 5: 3 }\n`, 'vars.5: "5" is no name; write letters'],
    [
      'a missing key',
      'name: x\n',
      'main.yaml:1:1: cluster: the key "cluster" is missing; write cluster: …, such as cluster: { nodes: [{ count: 10 }] }',
    ],
    [
      'an unknown key',
      `${NODES}timelin: []\n`,
      'main.yaml:2:1: timelin: unknown key "timelin"; did you mean "timeline"?',
    ],
    [
      'an unknown key further down',
      'cluster:\n  nodes: [ { count: 1 } ]\n  scheduler: { kubeApiQPS: 5 }\n',
      'main.yaml:3:16: cluster.scheduler.kubeApiQPS: unknown key "kubeApiQPS"; did you mean "kubeApiQps"?',
    ],
    [
      'a value that is none of the allowed',
      'cluster:\n  profile: vm-2-cores\n  nodes: [ { count: 1 } ]\n',
      'main.yaml:2:12: cluster.profile: "vm-2-cores" is not allowed; did you mean "vm-2-core"? allowed: ideal, vm-2-core',
    ],
    ['a wrong type', `${NODES}seed: many\n`, 'main.yaml:2:7: seed: expected a number, found "many"'],
    [
      'a number that is too small',
      `${NODES}timeline:\n  - { at: 0s, scale: deployment/web, replicas: -1 }\n`,
      'main.yaml:3:48: timeline[0].replicas: -1 is too small; must be at least 0',
    ],
    [
      'a duration without unit',
      `${NODES}stop: { atMost: "5" }\n`,
      'main.yaml:2:17: stop.atMost: "5" is not a duration',
    ],
    [
      'a negative duration',
      'cluster: { nodes: [ { count: 1 } ], kubelet: { nodeStatusUpdateFrequency: -5s } }',
      'main.yaml:1:75: cluster.kubelet.nodeStatusUpdateFrequency: -5s is negative',
    ],
    [
      'a distribution with a wrong parameter',
      'cluster:\n  nodes: [ { count: 1 } ]\n  network: { delay: lognormal(p50=1ms, p98=2ms) }\n',
      'main.yaml:3:21: cluster.network.delay: ',
    ],
    [
      'a quantity',
      'cluster:\n  nodes:\n    - { count: 1, capacity: { cpu: 1..5 } }\n',
      'main.yaml:3:36: cluster.nodes[0].capacity.cpu: ',
    ],
    [
      'a version that is unknown',
      'cluster: { kubernetes: "1.99", nodes: [ { count: 1 } ] }',
      'main.yaml:1:24: cluster.kubernetes: "1.99" is not a known version',
    ],
    [
      'a version without quotes',
      'cluster: { kubernetes: 1.36, nodes: [ { count: 1 } ] }',
      'main.yaml:1:24: cluster.kubernetes: expected a text (quote it if it looks like a number), found 1.36',
    ],
    [
      'a taint without effect',
      'cluster: { nodes: [ { count: 1, taints: ["a=b"] } ] }',
      'main.yaml:1:42: cluster.nodes[0].taints[0]: taint "a=b" has no effect',
    ],
    [
      'a scenario without nodes',
      'cluster: { profile: ideal }\n',
      'main.yaml:1:10: cluster.nodes: the cluster has no nodes; write nodes: [ { count: 10 } ]',
    ],
    [
      'a label of nodes',
      'cluster: { nodes: [ { count: 1, labels: { pool: "a b" } } ] }\n',
      'main.yaml:1:49: cluster.nodes[0].labels.pool: the key or value must be empty or consist of letters',
    ],
    ['an empty list of nodes', 'cluster: { nodes: [] }\n', 'main.yaml:1:19: cluster.nodes: the cluster has no nodes'],
    [
      'an expectation that is not CEL',
      `${NODES}expect:\n  - pods.created ==\n`,
      'main.yaml:3:5: expect[0]: this is not CEL: Unexpected token: EOF',
    ],
    [
      'an alias within its own anchor',
      `${NODES}timeline: [ { at: 0s, patch: deployment/web, with: &a { x: *a } } ]\n`,
      'main.yaml:2:60: timeline[0].with.x: is an alias within its own anchor; correct the YAML',
    ],
    [
      'an alias without its anchor',
      `name: &n x\nquestion: *n\nseed: *m\n`,
      'main.yaml:3:7: no anchor &m stands before the alias *m; correct the YAML',
    ],
    [
      'a loop over nothing',
      `${NODES}timeline: [ { each: { web }, steps: [] } ]\n`,
      'main.yaml:2:13: this loop is not complete; write { each: { name: [web, api] }, steps: [ … ] }',
    ],
    ['broken YAML', 'cluster: [\nname: x\n', 'main.yaml:2:1: '],
    ['a key given twice', `${NODES}seed: 1\nseed: 2\n`, 'main.yaml:3:1: Map keys must be unique'],
    ['an empty file', '', 'main.yaml: the file is empty'],
  ])('is shown with its place: %s', (_, text, expected) => {
    expect(mistake({ 'main.yaml': text })).toContain(expected);
  });

  test.each([
    [
      'a misspelt action',
      '{ at: 0s, aply: web.yaml }',
      'main.yaml:3:15: timeline[0].aply: unknown key "aply"; did you mean "apply"?',
    ],
    [
      'a misspelt second key',
      '{ at: 0s, scale: deployment/web, replica: 3 }',
      'timeline[0].replica: unknown key "replica"; did you mean "replicas"?',
    ],
    [
      'a missing second key',
      '{ at: 0s, scale: deployment/web }',
      'timeline[0].replicas: the key "replicas" is missing; write replicas: …, such as replicas: 3000',
    ],
    [
      'a misspelt moment',
      '{ ta: 0s, scale: deployment/web, replicas: 3 }',
      'timeline[0].ta: unknown key "ta"; did you mean "at"?',
    ],
    [
      'a misspelt key of a condition',
      '{ at: { wehn: "pods.ready > 1" }, delete: pod/a }',
      'timeline[0].at.wehn: unknown key "wehn"; did you mean "when"?',
    ],
    ['no moment', '{ apply: web.yaml }', 'timeline[0].at: the key "at" is missing; write at: …, such as at: 0s'],
    [
      'an unknown kind of fault',
      '{ at: 0s, fault: node-crsh, nodes: all }',
      '"node-crsh" is not allowed; did you mean "node-crash"? allowed: kill, freeze, slow, clock, node-crash',
    ],
    [
      'an unknown kind',
      '{ at: 0s, delete: deploymnt/web }',
      'timeline[0].delete: unknown kind "deploymnt"; did you mean "deployment"?',
    ],
    ['a name without kind', '{ at: 0s, delete: web }', 'timeline[0].delete: "web" does not name an object'],
    ['a moment that is none', '{ at: soon, delete: pod/a }', 'timeline[0].at: "soon" is not a duration'],
    [
      'a component that cannot be killed',
      '{ at: 0s, fault: kill, target: schedler/0 }',
      'timeline[0].target: unknown component "schedler"; did you mean "scheduler"?',
    ],
    [
      'a file that is not there',
      '{ at: 0s, apply: wbe.yaml }',
      'main.yaml:3:22: timeline[0].apply: there is no file wbe.yaml',
    ],
  ])('in a step is shown with its place: %s', (_, step, expected) => {
    expect(mistake({ 'main.yaml': `${NODES}timeline:\n  - ${step}\n`, 'web.yaml': WEB })).toContain(expected);
  });

  test('is a step before the one above it', () => {
    const text = `${NODES}timeline:\n  - { at: 5s, delete: pod/a }\n  - { at: 1s, delete: pod/b }\n`;
    expect(mistake({ 'main.yaml': text })).toContain('main.yaml:4:11: timeline[1].at: a step must not be before');
  });

  test('that comes first in the file is the one shown', () => {
    expect(mistake({ 'main.yaml': 'nme: x\nseed: -1\ncluster: { nods: [] }\n' })).toContain('main.yaml:1:1: nme');
  });

  test('is a file that is not there', () => {
    expect(mistake({})).toBe('there is no file main.yaml');
  });

  test('are scenarios that wait for each other', () => {
    const files = {
      'main.yaml': `${NODES}before:\n  - scenario: other.yaml\n`,
      'other.yaml': `${NODES}before:\n  - scenario: main.yaml\n`,
    };
    expect(mistake(files)).toContain(
      'other.yaml:3:15: before[0].scenario: these scenarios wait for each other: main.yaml → other.yaml → main.yaml',
    );
  });
});

describe('a mistake in a manifest', () => {
  const change = (from: string, to: string): string =>
    mistake({ 'main.yaml': APPLY, 'web.yaml': WEB.replace(from, to) });

  test.each([
    ['an unknown kind', 'kind: Deployment', 'kind: Deploymnt', 'web.yaml:2:7', 'Deploymnt'],
    ['a quantity', '100m', '1..5', 'web.yaml:13:41', '1..5'],
    ['negative replicas', 'replicas: 3', 'replicas: -1', 'web.yaml:5:13', '-1'],
    [
      'a selector that does not match',
      'matchLabels: { app: web }',
      'matchLabels: { app: shop }',
      'web.yaml:6',
      'selector',
    ],
    ['broken YAML', 'spec:\n  replicas', 'spec: [\n  replicas', 'web.yaml:', ''],
  ])('is shown with its place: %s', (_, from, to, place, words) => {
    const message = change(from, to);
    expect(message).toContain(place);
    expect(message).toContain(words);
  });

  test('is a Pod among the nodes', () => {
    const files = { 'main.yaml': 'cluster: { nodes: [ { file: web.yaml } ] }', 'web.yaml': WEB };
    expect(mistake(files)).toContain('main.yaml:1:29: cluster.nodes[0].file: web.yaml has a Deployment (web)');
  });
});
