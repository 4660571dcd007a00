import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendRecord, type BenchRecord, readRecords } from '../../../src/cli/bench/bench-record.js';
import type { MeasuredRun } from '../../../src/cli/bench/measured-run.js';
import { Before } from '../../../src/cli/bench/run-comparison.js';
import { SMOKE_RUNS, WHOLE_RUNS } from '../../../src/cli/bench/whole-run.js';
import { loadScenario } from '../../../src/scenario/loader.js';
import { parseSetting } from '../../../src/scenario/setting.js';

const fileIn = (): string => join(mkdtempSync(join(tmpdir(), 'hubsim-bench-test-')), 'deep', 'bench.ndjson');

function run(seconds: number, events: number): MeasuredRun {
  return { seconds, simulatedSeconds: seconds, events, eventsPerSecond: 1, peakMemoryBytes: 1, fingerprint: 'f' };
}

function record(cpu: string, runs: Record<string, MeasuredRun>): BenchRecord {
  return { schema: 'hubsim/bench/v1', at: '', hubsim: '0', node: 'v20', cpu, cores: 2, runs };
}

test('what is appended is read back, oldest first, and no file means no records', () => {
  const file = fileIn();
  expect(readRecords(file)).toEqual([]);
  const records = [record('a', { x: run(1, 10) }), record('b', { x: run(2, 10) })];
  for (const each of records) appendRecord(file, each);
  expect(readRecords(file)).toEqual(records);
});

test('a file of something else is refused by line, and left as it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'hubsim-bench-test-')), 'notes.txt');
  writeFileSync(file, 'hello\n');
  expect(() => readRecords(file)).toThrow(`${file}:1: not a record of hubsim bench`);
  expect(readFileSync(file, 'utf8')).toBe('hello\n');
});

test('times are compared with the last of the same machine only, events with the last of any', () => {
  const before = [record('a', { x: run(1, 100) }), record('b', { x: run(9, 100) })];
  const same = new Before(before, record('a', { x: run(2, 110), y: run(1, 1) }));
  expect(same.slowdown('x')).toBe(2);
  expect(same.slowdown('y')).toBeUndefined();
  expect(same.growth()).toEqual([]);
  expect(new Before(before, record('c', { x: run(2, 111) })).growth()).toEqual(['x: 111 events, 100 before']);
});

test('cases are compared with the last of the same machine that has them', () => {
  const timed = (cpu: string, ns: Record<string, Record<string, number>>): BenchRecord => ({
    ...record(cpu, {}),
    nsPerOperation: ns,
  });
  const earlier = [
    timed('a', { x: { hubsim: 3 } }),
    timed('a', { y: { hubsim: 4 } }),
    timed('b', { x: { hubsim: 9 } }),
  ];
  const before = new Before(earlier, record('a', {}));
  expect(before.nsPerOperation('x')).toEqual({ hubsim: 3 });
  expect(before.nsPerOperation('z')).toBeUndefined();
});

test('every run has a scenario that loads as it is set, and a name of its own', () => {
  expect(new Set(WHOLE_RUNS.map(({ name }) => name)).size).toBe(WHOLE_RUNS.length);
  expect(SMOKE_RUNS).toHaveLength(2);
  for (const { scenario, settings } of WHOLE_RUNS) {
    if (!scenario.startsWith('scale/')) continue;
    const config = loadScenario(`scenarios/${scenario}`, {
      readFile: (path) => readFileSync(path, 'utf8'),
      settings: settings.map(parseSetting),
    });
    expect(config.name).not.toBe('');
  }
});
