import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runProgram } from '../../../src/cli/program.js';
import { humanDuration, kubectlEvents } from '../../../src/report/kubectl-events.js';
import { parquetFiles } from '../../../src/report/parquet-files.js';
import { FakeIo } from './fake-io.js';

const root = mkdtempSync(join(tmpdir(), 'hubsim-further-'));
const out = join(root, 'out');
const read = (file: string): string => readFileSync(join(out, file), 'utf8');

beforeAll(async () => {
  const also = ['audit', 'events', 'parquet'].flatMap((file) => ['--also', file]);
  const words = ['run', 'scenarios/step-by-step.yaml', '--no-charts', '--no-report', '-q', '--out', out, ...also];
  expect(await runProgram(words, new FakeIo())).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('audit.log', () => {
  test('has every request of the run, with times, and objects of users’ writes', () => {
    const events = read('audit.log')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { hub } = JSON.parse(read('summary.json'));
    expect(events).toHaveLength(hub.requests);
    expect(new Set(events.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))).toEqual(
      new Set(['audit.k8s.io/v1 Event']),
    );
    for (const { requestReceivedTimestamp: from, stageTimestamp: to } of events) {
      expect(from).toMatch(/^1970-01-01T\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(from <= to).toBe(true);
    }
    const written = events.filter(({ level }) => level === 'RequestResponse');
    expect(written.length).toBeGreaterThan(0);
    expect(new Set(written.map(({ user }) => user.username))).toEqual(new Set(['kubernetes-admin']));
    const reports = events.filter(({ verb, objectRef }) => verb === 'patch' && objectRef.subresource === 'status');
    expect(new Set(reports.map(({ user }) => user.username))).toContain('system:node:node-0000');
  });

  test('is read back by import: what the user did is done again', async () => {
    const io = new FakeIo();
    expect(await runProgram(['import', join(out, 'audit.log'), '--out', join(root, 'again')], io)).toBe(0);
    const scenario = parse(readFileSync(join(root, 'again', 'scenario.yaml'), 'utf8'));
    const deeds = scenario.timeline.map((step: object) => Object.keys(step).find((key) => key !== 'at'));
    expect(deeds).toContain('apply');
    expect(deeds).toContain('scale');
    expect(io.errText).not.toContain('without');
  });
});

test('events.txt is what kubectl get events prints: columns, ages, one event a line', () => {
  const [head, ...lines] = read('events.txt').trimEnd().split('\n');
  expect(head).toMatch(/^NAMESPACE +LAST SEEN +TYPE +REASON +OBJECT +MESSAGE$/);
  const object = head!.indexOf('OBJECT');
  for (const line of lines) expect(line.slice(object)).toMatch(/^(pod|node|deployment|replicaset|job)\/\S+ +\S/);
  expect(lines.some((line) => /Normal +Scheduled +pod\//.test(line))).toBe(true);
  const entry = { namespace: 'default', name: 'e', type: 'Normal', reason: 'Created', message: 'a\nb' };
  const involved = { kind: 'Pod', name: 'web' };
  const [, row] = [...kubectlEvents({ entries: [{ ...entry, involved, firstNs: 0, lastNs: 60e9, count: 3 }] }, 90e9)];
  expect(row).toMatch(/^default +30s \(x3 over 90s\) +Normal +Created +pod\/web +a b$/);
});

test('ages are written as kubectl writes them', () => {
  const ages = [0, 119, 120, 185, 599, 600, 10_799, 10_800, 11_460, 28_800, 172_800, 180_000, 691_200];
  expect(ages.map((seconds) => humanDuration(seconds * 1e9))).toEqual([
    '0s',
    '119s',
    '2m',
    '3m5s',
    '9m59s',
    '10m',
    '179m',
    '3h',
    '3h11m',
    '8h',
    '2d',
    '2d2h',
    '8d',
  ]);
});

describe('tables as Parquet', () => {
  test('hold what the CSV files hold', async () => {
    for (const table of ['pods', 'timeline', 'requests', 'workloads']) {
      const [head, ...rows] = read(`${table}.csv`)
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','));
      const { buffer } = new Uint8Array(readFileSync(join(out, `${table}.parquet`)));
      const objects = await parquetReadObjects({ file: buffer });
      const texts = objects.map((object) => head!.map((name) => (object[name] === null ? '' : String(object[name]))));
      expect(texts, table).toEqual(rows);
    }
  });

  test('hold any name as it is', async () => {
    const text = 'name,created\n"a,""b""\nc",0.5\n\'=cmd(),\n';
    const [file] = (await parquetFiles([{ path: 'pods.csv', text }]))!;
    const { buffer } = [...file!.content][0] as Uint8Array<ArrayBuffer>;
    expect(await parquetReadObjects({ file: buffer })).toEqual([
      { name: 'a,"b"\nc', created: 0.5 },
      { name: '=cmd()', created: null },
    ]);
  });
});
