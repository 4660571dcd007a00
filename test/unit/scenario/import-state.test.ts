import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import type { RunResult } from '../../../src/measure/run-result.js';
import { importFiles } from '../../../src/scenario/import/import-files.js';
import type { Imported } from '../../../src/scenario/import/imported.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

/** A file of the fixtures, as it would be given on the command line. */
function fixture(name: string): { path: string; text: string } {
  const file = fileURLToPath(new URL(`../../fixtures/import/${name}`, import.meta.url));
  return { path: name, text: readFileSync(file, 'utf8') };
}

const readFile = (path: string): string => readFileSync(path, 'utf8');

function simulated(imported: Imported): RunResult {
  const texts = new Map(imported.files.map(({ path, text }) => [path, text]));
  return simulate(loadScenario('scenario.yaml', { readFile: (path) => texts.get(path)! }));
}

/** Pods at the end, by name: their nodes. */
function nodesOf({ pods }: RunResult): Record<string, string> {
  return Object.fromEntries(Array.from({ length: pods.count }, (_, row) => [pods.name[row]!, pods.node[row]!]));
}

describe('a dump of kubectl', () => {
  const imported = importFiles({ name: 'ours', readFile, files: [fixture('kubectl-dump.yaml')] });

  test('becomes a scenario with nodes, state and waiting pods apart', () => {
    expect(imported.files.map(({ path }) => path)).toEqual([
      'scenario.yaml',
      'nodes.yaml',
      'state.yaml',
      'pending.yaml',
    ]);
    const state = imported.files[2]!.text;
    for (const noise of ['managedFields', 'resourceVersion', 'kube-api-access', 'last-applied', 'kind: Event'])
      expect(state).not.toContain(noise);
  });

  test('leaves every pod where it is, and no controller makes it twice', () => {
    const result = simulated(imported);
    expect(nodesOf(result)).toEqual({
      'web-5d4f8c7b9-4xk9p': 'kind-worker',
      'web-5d4f8c7b9-9zqwt': 'kind-worker',
      'web-5d4f8c7b9-tt2mn': 'kind-worker2',
      'batch-report': 'kind-worker2',
      'cache-6c9-aaaaa': 'kind-worker2',
      huge: '',
    });
    const web = result.summary.convergence.workloads.find(({ name }) => name === 'web');
    expect(web).toMatchObject({ kind: 'Deployment', desired: 3, available: 3, changes: [] });
    expect(result.summary.pods).toMatchObject({ created: 1, bound: 0, unschedulable: 1 });
  });

  test('names what comes out differently, with its place', () => {
    expect(imported.notes).toEqual([
      'kubectl-dump.yaml:51:5: node kind-worker2 was not ready; here it is',
      'kubectl-dump.yaml:641:5: Certificate web-tls of cert-manager.io/v1 is left out: hubsim does not know the kind',
      'ReplicaSet shop/cache-6c9 is not among the objects: the 1 it owns stand alone',
    ]);
    for (const note of imported.notes) expect(imported.files[0]!.text).toContain(`# - ${note}`);
  });

  test('may come in several files', () => {
    const { text } = fixture('kubectl-dump.yaml');
    const split = text.indexOf('  - apiVersion: v1\n    kind: Pod');
    const files = [
      { path: 'nodes.yaml', text: `${text.slice(0, split)}kind: List\n` },
      { path: 'rest.yaml', text: `apiVersion: v1\nitems:\n${text.slice(split)}` },
    ];
    expect(importFiles({ name: 'ours', readFile, files }).files).toEqual(
      imported.files.map((file, index) => (index === 0 ? expect.anything() : file)),
    );
  });

  test('must be of objects', () => {
    const files = [{ path: 'x.yaml', text: 'apiVersion: v1\nkind: List\nitems:\n  - name: x\n' }];
    const failing = (): unknown => importFiles({ name: 'x', readFile, files });
    expect(failing).toThrow(InputError);
    expect(failing).toThrow(expect.objectContaining({ line: 4, column: 5, path: 'items[0]' }));
  });

  test.each([
    ['of kubectl', 'apiVersion: v1\nkind: ConfigMap\ndata: &a { x: *a }\n', 'data.x'],
    ['of a snapshot', 'pods: []\nnodes: []\nschedulerConfig: &a [ *a ]\n', 'schedulerConfig[0]'],
  ])('must not hold itself by an alias, %s', (_, text, path) => {
    const failing = (): unknown => importFiles({ name: 'x', readFile, files: [{ path: 'x.yaml', text }] });
    expect(failing).toThrow(InputError);
    expect(failing).toThrow(expect.objectContaining({ message: 'is an alias within its own anchor', line: 3, path }));
  });
});

describe('a snapshot of kube-scheduler-simulator', () => {
  const imported = importFiles({ name: 'theirs', readFile, files: [fixture('simulator-snapshot.json')] });

  test('becomes a scenario with the configuration of its scheduler', () => {
    const texts = new Map(imported.files.map(({ path, text }) => [path, text]));
    const { scheduler } = loadScenario('scenario.yaml', { readFile: (path) => texts.get(path)! }).cluster;
    expect(scheduler).toMatchObject({
      kubeApiQps: 100,
      kubeApiBurst: 200,
      podInitialBackoffNs: 2e9,
      podMaxBackoffNs: 20e9,
    });
    const weights = new Map(scheduler.profiles[0]!.plugins.map(({ name, weight }) => [name, weight]));
    expect(weights.get('InterPodAffinity')).toBe(5);
    expect(imported.notes).toEqual([]);
  });

  test('leaves bound pods alone and schedules the others', () => {
    const result = simulated(imported);
    expect(nodesOf(result)).toEqual({ 'pod-1': 'node-a', 'pod-2': 'node-b' });
    expect(result.summary.pods).toMatchObject({ created: 1, bound: 1 });
  });
});
