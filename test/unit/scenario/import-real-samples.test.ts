import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../../../src/measure/summary.js';
import { importFiles } from '../../../src/scenario/import/import-files.js';
import type { Imported } from '../../../src/scenario/import/imported.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures/import');
const readFile = (path: string): string => readFileSync(path, 'utf8');

function imported(paths: readonly string[], parameters: Readonly<Record<string, unknown>> = {}): Imported {
  const files = paths.map((path) => ({ path: join(FIXTURES, path), text: readFile(join(FIXTURES, path)) }));
  return importFiles({ name: 'ours', files, readFile, caseName: undefined, workload: undefined, parameters });
}

/** What the imported scenario comes to, with only its own files at hand. */
function ran({ files }: Imported): Summary {
  const texts = new Map(files.map(({ path, text }) => [join('/ours', path), text]));
  return simulate(loadScenario('/ours/scenario.yaml', { readFile: (path) => texts.get(path)! })).summary;
}

describe('tests of Kubernetes itself for ClusterLoader2, unchanged', () => {
  test('with names that are generated: scheduler-throughput', () => {
    const parameters = { Nodes: 5, CL2_SCHEDULER_THROUGHPUT_PODS: 40 };
    const { end, pods } = ran(imported(['perf-tests/scheduler-throughput/config.yaml'], parameters));
    expect([end.reason, pods.created, pods.running, pods.deleted]).toEqual(['converged', 40, 40, 40]);
  });

  test('with modules whose files are beside the configuration: list', () => {
    const given = imported(['perf-tests/list/config.yaml'], { Nodes: 5 });
    expect(given.notes.filter((note) => note.includes('no such file'))).toEqual([]);
    expect(given.files.map(({ path }) => basename(path))).toContain('list-configmap.yaml');
  });
});

describe('stages of KWOK itself, unchanged', () => {
  const STAGES = ['pod-ready', 'pod-delete', 'node-heartbeat-with-lease', 'node-initialize'];
  const given = imported(STAGES.map((stage) => `kwok/${stage}.yaml`));

  test('make kubelets that take as long', () => {
    const { text } = given.files[0]!;
    expect(text).toContain('podStart: uniform(min=1000ms, max=5000ms)');
    expect(text).toContain('nodeStatusReportFrequency: 600000ms');
    expect(ran(given).end.reason).toBe('converged');
  });

  test('that have a node register at once are named, and no status is reported all the time', () => {
    expect(given.notes.join('\n')).toMatch(/stage node-initialize is left out/);
    const alone = imported(['kwok/node-initialize.yaml']);
    expect(alone.files[0]!.text).not.toContain('nodeStatusReportFrequency');
    expect(ran(alone).end.reason).toBe('converged');
  });
});

test('LISTs, GETs and watches of an audit log come again as loads of whoever asked, those alike in a second together', () => {
  const line = (verb: string, second: number, more: object): string =>
    JSON.stringify({
      apiVersion: 'audit.k8s.io/v1',
      kind: 'Event',
      stage: 'ResponseComplete',
      verb,
      user: { username: 'system:serviceaccount:monitoring:agent' },
      objectRef: { resource: 'pods', apiVersion: 'v1' },
      responseStatus: { code: 200 },
      requestReceivedTimestamp: `2026-03-02T09:00:0${second}.100000Z`,
      stageTimestamp: `2026-03-02T09:00:0${second}.200000Z`,
      ...more,
    });
  const text = [
    line('list', 1, { requestURI: '/api/v1/pods?limit=500&resourceVersion=0' }),
    line('list', 1, { requestURI: '/api/v1/pods?limit=500&resourceVersion=0' }),
    line('list', 3, { requestURI: '/api/v1/pods?labelSelector=app%3Dweb' }),
    line('watch', 4, { requestURI: '/api/v1/pods?watch=true', stageTimestamp: '2026-03-02T09:00:09.100000Z' }),
    line('list', 5, { objectRef: { resource: 'workflows', apiGroup: 'argoproj.io', apiVersion: 'v1' } }),
    line('get', 6, { objectRef: { resource: 'pods', namespace: 'shop', name: 'web-0', apiVersion: 'v1' } }),
    line('get', 6, { objectRef: { resource: 'pods', namespace: 'shop', name: 'web-0', apiVersion: 'v1' } }),
    line('get', 7, { objectRef: { resource: 'nodes', name: 'node-0001', apiVersion: 'v1' } }),
    line('get', 8, { objectRef: { resource: 'pods', name: 'web-0', subresource: 'log', apiVersion: 'v1' } }),
  ].join('\n');
  const files = [{ path: 'audit.log', text }];
  const given = importFiles({ name: 'ours', files, readFile, caseName: undefined, workload: undefined });
  expect(given.notes).toEqual([
    '1 events: reads of subresources',
    'audit.log:5: left out: reads of workflows, which is no kind that hubsim knows',
  ]);
  expect(given.files[0]!.text).toContain('labelSelector: app=web');
  expect(given.files[0]!.text).toMatch(/verb: get\n +count: 2\n[^-]*name: web-0\n +namespace: shop/);
  const { hub } = ran(given);
  const asked = hub.byRequest.filter(({ client }) => client.startsWith('load'));
  const counts = asked.map(({ verb, resource, count }) => `${verb} ${resource} ${count}`).sort();
  expect(counts).toEqual(['get nodes 1', 'get pods 2', 'list pods 3', 'watch pods 1']);
});
