import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program.js';
import type { RunComparison } from '../../../src/report/run-comparison.js';
import { readOpenMetrics } from '../report/open-metrics-reader.js';
import { FakeIo } from './fake-io.js';

const root = mkdtempSync(join(tmpdir(), 'hubsim-compare-runs-'));
const [a, b, again] = ['a', 'b', 'again'].map((name) => join(root, name)) as [string, string, string];

async function hubsim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new FakeIo();
  const code = await runProgram(words, io);
  return { code, out: io.outText, err: io.errText };
}

beforeAll(async () => {
  const run = ['run', 'scenarios/my-spring-app.yaml', '--no-charts', '--no-report', '-q', '--out'];
  await hubsim(...run, a);
  await hubsim(...run, again);
  await hubsim(...run, b, '--set', 'cluster.kubelet.podStart=2s');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('hubsim compare RUN RUN', () => {
  test('says which way each figure went, and which keys differ', async () => {
    const { code, out } = await hubsim('compare', a, b, '--json');
    const comparison = JSON.parse(out) as RunComparison;
    expect(code).toBe(0);
    expect(comparison.figures.find(({ path }) => path === 'convergence.seconds')?.verdicts).toEqual(['same', 'worse']);
    expect(comparison.figures.find(({ path }) => path === 'pods.running')?.verdicts).toEqual(['same', 'same']);
    expect(comparison.configuration.map(({ key }) => key)).toEqual(['cluster.kubelet.podStart']);
    const table = (await hubsim('compare', b, a)).out;
    expect(table).toMatch(/convergence\.seconds .*better/);
  });

  test('draws the runs on the same axes', async () => {
    const drawn = join(root, 'drawn');
    expect((await hubsim('compare', a, b, '--out', drawn)).out).toContain(`charts: ${drawn}/charts/`);
    expect(readdirSync(join(drawn, 'charts')).sort()).toEqual(['figures.png', 'latency.png', 'pods.png']);
    const comparison = JSON.parse(readFileSync(join(drawn, 'comparison.json'), 'utf8')) as RunComparison;
    expect(comparison.runs).toEqual([a, b]);
  });

  test('finds the first event that differs, and none where the run is the same', async () => {
    expect((await hubsim('compare', a, again, '--first-difference')).out).toContain('No event differs.');
    const { out } = await hubsim('compare', a, b, '--first-difference');
    expect(out).toMatch(/They part after .+: the first has .+ at .+, the second .+ at .+\./);
  });

  test('wants two runs', async () => {
    expect(await hubsim('compare', a)).toMatchObject({ code: 2, err: expect.stringContaining('two runs or more') });
  });
});

describe('hubsim report', () => {
  test('writes metrics that keep to OpenMetrics', async () => {
    await hubsim('report', a, '--metrics');
    expect(readOpenMetrics(readFileSync(join(a, 'metrics.txt'), 'utf8')).size).toBeGreaterThan(15);
  });

  test('writes a trace whose flows all begin and end, on tracks that have names', async () => {
    await hubsim('report', a, '--trace');
    const { traceEvents } = JSON.parse(readFileSync(join(a, 'trace.json'), 'utf8')) as {
      traceEvents: { ph: string; id?: number; pid: number; tid: number; dur?: number }[];
    };
    const of = (phase: string) => traceEvents.filter(({ ph }) => ph === phase);
    expect(of('s').map(({ id }) => id)).toEqual(of('f').map(({ id }) => id));
    const tracks = new Set(of('M').map(({ pid, tid }) => `${pid}/${tid}`));
    const path = of('X').filter(({ pid }) => pid === 1);
    expect(path.length).toBeGreaterThan(10);
    expect(path.filter(({ pid, tid, dur }) => !tracks.has(`${pid}/${tid}`) || dur! < 0)).toEqual([]);
  });

  test('draws anew what the run drew, to the byte', async () => {
    const drawn = join(root, 'all');
    const pngs = (): [string, Buffer][] =>
      readdirSync(join(drawn, 'charts'))
        .sort()
        .map((file) => [file, readFileSync(join(drawn, 'charts', file))]);
    await hubsim('run', 'scenarios/rolling-update.yaml', '--charts', 'all', '-q', '--out', drawn);
    const before = pngs();
    const page = readFileSync(join(drawn, 'report.html'), 'utf8');
    for (const [file] of before) rmSync(join(drawn, 'charts', file));
    writeFileSync(join(drawn, 'charts', 'cpu.png'), '');
    const { code, out } = await hubsim('report', drawn);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(11);
    for (const [at, [file, bytes]] of pngs().entries()) {
      expect(file).toBe(before[at]![0]);
      expect(bytes.equals(before[at]![1]), file).toBe(true);
    }
    expect(readFileSync(join(drawn, 'report.html'), 'utf8') === page).toBe(true);
  });

  test('draws the charts that are asked for', async () => {
    await hubsim('report', b, '--no-charts');
    expect(existsSync(join(b, 'charts'))).toBe(false);
    await hubsim('report', b);
    expect(readdirSync(join(b, 'charts')).sort()).toEqual(['pods.png', 'requests.png', 'watch-lag.png']);
  });
});

describe('a result that an older hubsim wrote', () => {
  const older = join(root, 'older');
  const change = (file: string, edit: (content: Record<string, Record<string, unknown>>) => void): void => {
    cpSync(a, older, { recursive: true });
    const content = JSON.parse(readFileSync(join(older, file), 'utf8'));
    edit(content);
    writeFileSync(join(older, file), JSON.stringify(content));
  };
  const refusals = async (): Promise<string[]> => {
    const all = [];
    for (const words of [
      ['report', older, '--metrics'],
      ['report', older, '--markdown'],
      ['compare', a, older],
    ]) {
      const { code, err } = await hubsim(...words);
      expect(code).toBe(2);
      all.push(err);
    }
    return all;
  };
  afterEach(() => rmSync(older, { recursive: true, force: true }));

  test.each([
    ['summary.json', 'hub', 'byPriorityLevel'],
    ['summary.json', 'etcd', 'fsyncLatency'],
    ['series.json', 'series', 'scheduler'],
  ])('without %s %s.%s is refused in one sentence', async (file, part, key) => {
    change(file, (content) => delete content[part]![key]);
    const path = `${part}.${key}${key === 'scheduler' ? '.attempts' : ''}`;
    for (const err of await refusals())
      expect(err).toBe(
        `hubsim: ${older} is of another version of hubsim: its ${file} has no ${path}; run its scenario again\n`,
      );
  });

  test('with another layout of a file is refused', async () => {
    change('series.json', (content) => Object.assign(content, { schema: 'hubsim/series/v1' }));
    for (const err of await refusals())
      expect(err).toContain('its series.json is "hubsim/series/v1", not "hubsim/series/v2"');
  });

  test.each(['series.json', 'scenario.json'])('without its %s is refused', async (file) => {
    cpSync(a, older, { recursive: true });
    rmSync(join(older, file));
    for (const err of await refusals()) expect(err).toContain(`it has no ${file}; `);
  });

  test('that is a sweep is told apart, with what to do with one', async () => {
    mkdirSync(older);
    writeFileSync(join(older, 'runs.ndjson'), '');
    for (const words of [
      ['explain', older],
      ['report', older],
      ['compare', older, older],
    ])
      expect((await hubsim(...words)).err).toContain(
        `${older} is the result of a sweep, not of a run; hold two sweeps against each other with hubsim compare --baseline`,
      );
  });

  test('without its run.json cannot be run again', async () => {
    cpSync(a, older, { recursive: true });
    rmSync(join(older, 'run.json'));
    for (const words of [
      ['explain', older],
      ['compare', a, older, '--first-difference'],
    ])
      expect(await hubsim(...words)).toMatchObject({ code: 2, err: expect.stringContaining('it has no run.json') });
  });
});
