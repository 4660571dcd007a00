import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importFiles } from '../../../src/scenario/import/import-files.js';
import type { Imported } from '../../../src/scenario/import/imported.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { besidePublished } from '../../../src/scenario/published.js';
import { simulate } from '../../../src/scenario/simulate.js';

const CONFIG = 'misc/performance-config.yaml';
const folder = fileURLToPath(new URL('../../fixtures/import/scheduler-perf', import.meta.url));
const readFile = (path: string): string => readFileSync(join(folder, path), 'utf8');

function imported(caseName?: string, workload?: string): Imported {
  const files = [{ path: CONFIG, text: readFile(CONFIG) }];
  return importFiles({ name: 'perf', files, readFile, caseName, workload });
}

function loaded({ files }: Imported): ReturnType<typeof loadScenario> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return loadScenario('scenario.yaml', { readFile: (path) => texts.get(path)! });
}

describe('a configuration of scheduler_perf', () => {
  test('runs: what is measured comes at time zero, with the churn beside it', () => {
    const scenario = loaded(imported('Unschedulable', '5Nodes/1Init/10Pods'));
    const { summary } = simulate(scenario);
    expect(summary.pods).toMatchObject({ created: 11, bound: 10, unschedulable: 1 });
    expect(summary.end.findings[0]).toContain('5 Insufficient cpu');
  });

  test('has its threshold beside the figure of the run', () => {
    const scenario = loaded(imported('Unschedulable'));
    expect(scenario.published).toEqual([
      expect.objectContaining({
        figure: 'pods bound a second',
        atLeast: 140,
        source: 'threshold of scheduler_perf Unschedulable/5kNodes/100Init/10kPods',
      }),
    ]);
    const pods = { bound: 1000, boundAt: { p90: 3 } };
    const [result] = besidePublished(scenario.published, { pods } as unknown as Parameters<typeof besidePublished>[1]);
    expect(result!.own).toBe(300);
  });

  test('takes parameters, namespaces and labels of nodes as they are meant', () => {
    const scenario = imported('TopologySpreading', '5Nodes').files[0]!.text;
    expect(scenario.match(/zone: moon-\d/g)).toEqual(['zone: moon-1', 'zone: moon-2', 'zone: moon-3']);
    expect(scenario.match(/- count: (\d)/g)).toEqual(['- count: 2', '- count: 2', '- count: 1']);
    const affinity = imported('SchedulingPodAntiAffinity', '5Nodes');
    expect(affinity.files.map(({ path }) => path)).toEqual(['scenario.yaml', 'pods-2.yaml', 'pods-3.yaml']);
    expect(affinity.files[2]!.text).toContain('namespace: sched-1');
    expect(simulate(loaded(affinity)).summary.pods).toMatchObject({ created: 4, bound: 4 });
  });

  test('names what it does not understand, with its place', () => {
    const { notes } = imported('SchedulingWithMixedChurn');
    expect(notes).toEqual([
      `${CONFIG}:${lineOf('mode: recreate') - 1}:5: churn is left out: hubsim cannot recreate objects over and over`,
    ]);
  });

  test('suggests the case or workload that was meant', () => {
    expect(() => imported('Unscheduleable')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('did you mean "Unschedulable"?') }),
    );
    expect(() => imported('Unschedulable', '5Nodes')).toThrow('there is no workload 5Nodes');
  });
});

function lineOf(text: string): number {
  return (
    readFile(CONFIG)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

describe('a step that is repeated', () => {
  const reading = (step: string): ReturnType<typeof loadScenario> => {
    const texts: Record<string, string> = {
      'x.yaml': `cluster: { nodes: [ { count: 1 } ] }\ntimeline: [ { ${step} } ]\n`,
      'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mark }\n',
    };
    return loadScenario('x.yaml', { readFile: (path) => texts[path]! });
  };

  test('comes that often, with names of its own', () => {
    const { timeline } = reading('at: 1s, every: 500ms, times: 3, apply: map.yaml');
    expect(timeline.map(({ atNs }) => atNs)).toEqual([1e9, 1.5e9, 2e9]);
    const names = timeline.map(({ action }) => action.objects![0]!.metadata.name);
    expect(names).toEqual(['mark-0', 'mark-1', 'mark-2']);
  });

  test('needs a period, a number and a time', () => {
    expect(() => reading('at: 1s, every: 500ms, apply: map.yaml')).toThrow('every: needs times:');
    expect(() => reading('at: 1s, times: 3, apply: map.yaml')).toThrow('times: needs every:');
    expect(() => reading('at: converged, every: 1s, times: 3, apply: map.yaml')).toThrow('needs a time');
  });
});
