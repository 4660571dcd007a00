import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/api/input-error.js';
import { importFiles } from '../../../src/scenario/import/import-files.js';
import type { Imported } from '../../../src/scenario/import/imported.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { simulate } from '../../../src/scenario/simulate.js';

const TOP = join(import.meta.dirname, '../../..');
const readFile = (path: string): string => readFileSync(path, 'utf8');

function imported(...files: readonly string[]): Imported {
  const given = files.map((path) => ({ path, text: readFile(join(TOP, path)) }));
  return importFiles({ name: 'ours', files: given, readFile, caseName: undefined, workload: undefined });
}

/** The imported scenario, loaded as it will lie on the disk. */
function load({ files }: Imported, change = (text: string): string => text) {
  const texts = new Map(files.map(({ path, text }) => [join('/ours', path), text]));
  const scenario = texts.get('/ours/scenario.yaml')!;
  texts.set('/ours/scenario.yaml', change(scenario));
  return loadScenario('/ours/scenario.yaml', { readFile: (path) => texts.get(path) ?? readFile(path) });
}

describe('import of an audit log', () => {
  const given = imported('test/fixtures/import/audit.log');

  test('does again what users did, at the same distances of time', () => {
    const { timeline } = load(given);
    expect(timeline.map(({ action, atNs }) => [action.text.split(' ')[0], atNs / 1e9])).toEqual([
      ['load:', 0],
      ['apply', 1],
      ['scale', 121],
      ['change', 181],
      ['delete', 301],
    ]);
    const { summary } = simulate(load(given));
    expect(summary.end.reason).toBe('converged');
    expect([summary.pods.created, summary.pods.deleted]).toEqual([5, 5]);
  });

  test('names what it leaves out', () => {
    const notes = given.notes.join('\n');
    expect(notes).toMatch(/1 events: stages before the answer/);
    expect(notes).toMatch(/1 events: by the cluster itself/);
    expect(notes).toMatch(/1 events: refused/);
    expect(notes).toMatch(/audit\.log:8: left out: Workflow of argoproj\.io\/v1alpha1 is not a known kind/);
    expect(notes).toMatch(/audit\.log:6: taken as a merge patch/);
  });

  test('refuses lines that are no events, with their place', () => {
    const text = `${readFile(join(TOP, 'test/fixtures/import/audit.log'))}{ broken\n`;
    const broken = () =>
      importFiles({ name: 'x', files: [{ path: 'a.log', text }], readFile, caseName: undefined, workload: undefined });
    expect(broken).toThrow(InputError);
    expect(broken).toThrow(expect.objectContaining({ file: 'a.log', line: 10 }));
  });
});

describe('import of a trace of SimKube', () => {
  const given = imported('test/fixtures/import/simkube-trace.json');

  test('applies and deletes again what was traced', () => {
    const { timeline } = load(given);
    expect(timeline.map(({ action, atNs }) => [action.text.split(' ')[0], atNs / 1e9])).toEqual([
      ['apply', 0],
      ['apply', 120],
      ['delete', 220],
    ]);
    expect(simulate(load(given)).summary.pods.created).toBe(5);
    expect(given.notes.join('\n')).toMatch(/events\[1\]: left out: Job of batch\.volcano\.sh/);
    expect(given.notes.join('\n')).toMatch(/pod_lifecycles/);
  });

  test('may be YAML as well', () => {
    const path = join(TOP, 'test/fixtures/import/simkube-trace.json');
    const files = [{ path, text: readFile(path).replace('"version": 2,', 'version: 2, # of the format') }];
    const again = importFiles({ name: 'ours', files, readFile, caseName: undefined, workload: undefined });
    expect(load(again).timeline).toHaveLength(3);
  });

  test('says how to turn the binary form into text', () => {
    const files = [{ path: 'trace', text: '\ufffd\u0001' }];
    expect(() => importFiles({ name: 'x', files, readFile, caseName: undefined, workload: undefined })).toThrow(
      /not text/,
    );
  });
});

describe('import of stages of KWOK', () => {
  test('makes kubelets of them that take as long, and names the stages it has nothing for', () => {
    const given = imported('test/fixtures/import/kwok-stages.yaml');
    const { kubelet } = load(given).cluster;
    expect(kubelet.model).toBe('hollow');
    expect(kubelet.podStart.text).toBe('uniform(min=1000ms, max=5000ms)');
    expect(kubelet.podStop.text).toBe('1000ms');
    expect(kubelet.nodeStatusReportFrequencyNs).toBe(600e9);
    expect(given.notes).toHaveLength(2);
    expect(given.notes.join('\n')).toMatch(/stage pod-container-running-failed is left out/);
  });

  test('puts the nodes and the load of the same files around them', () => {
    const given = imported('test/fixtures/import/kwok-stages.yaml', 'scenarios/manifests/my-spring-app.yaml');
    const { summary } = simulate(load(given));
    expect(summary.pods.running).toBe(3);
    expect(summary.pods.boundToRunning.max).toBeGreaterThan(1);
    expect(summary.pods.boundToRunning.max).toBeLessThan(5.1);
  });
});

test('a pair of nodes and pods of k8s-sims makes a scenario with these nodes, to which the pods come', () => {
  const data = join(TOP, 'scenarios/data/k8s-sims');
  const first = (file: string, documents: number): string =>
    readFile(join(data, file)).split(/^---$/m).slice(0, documents).join('---');
  const files = [
    { path: 'nodes-1200.yaml', text: first('nodes-1200.yaml', 12) },
    { path: 'pods-1200.yaml', text: first('pods-1200.yaml', 70) },
  ];
  const given = importFiles({ name: 'ours', files, readFile, caseName: undefined, workload: undefined });
  expect(given.files.map(({ path }) => path)).toEqual(['scenario.yaml', 'nodes.yaml', 'pending.yaml']);
  const { summary } = simulate(load(given));
  expect(summary.pods.created).toBe(70);
  expect(summary.pods.bound).toBeGreaterThan(0);
});
