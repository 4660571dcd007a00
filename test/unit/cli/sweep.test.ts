import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SweepOptions, sweep } from '../../../src/cli/commands/sweep.js';
import { parseVary } from '../../../src/cli/sweep/parse-vary.js';
import { SweepProgress } from '../../../src/cli/sweep/sweep-progress.js';
import { inlinePool } from '../../../src/experiment/inline-pool.js';
import type { Outcome } from '../../../src/experiment/outcome.js';
import { smallFiles } from '../experiment/small-scenario.js';
import { FakeIo } from './fake-io.js';

let folder: string;
let made: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubsim-sweep-'));
  made = 0;
  write();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(more = 'vary: { controllerManager.kubeApiQps: [5, 50] }\n'): void {
  for (const [path, text] of Object.entries(smallFiles(more)))
    writeFileSync(join(folder, path.slice('/exp/'.length)), text);
}

function run(more: Partial<SweepOptions> = {}, spoil?: (run: number) => Outcome | undefined): Promise<number> {
  const options = { vary: [], fresh: false, charts: false, json: false, quiet: true, replications: 2, ...more };
  const out = join(folder, 'out');
  return sweep({ file: join(folder, 'small.yaml'), out, ...options }, new FakeIo(), async ({ bundle }) => {
    const inner = inlinePool(bundle);
    return { ...inner, run: async (order) => spoil?.(++made) ?? inner.run(order) };
  });
}

const count = (): undefined => undefined;

function files(): Record<string, string> {
  const out = join(folder, 'out');
  return Object.fromEntries(
    readdirSync(out)
      .sort()
      .map((file) => [file, readFileSync(join(out, file), 'latin1')]),
  );
}

describe('hubsim sweep', () => {
  test('writes every run as a line, a row and a Parquet row, and what each variant came to', async () => {
    expect(await run()).toBe(0);
    expect(Object.keys(files())).toEqual(['runs.csv', 'runs.ndjson', 'runs.parquet', 'sweep.json', 'variants.csv']);
    const records = files()
      ['runs.ndjson']!.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ settings }) => settings['controllerManager.kubeApiQps'])).toEqual([5, 50, 5, 50]);
    const [head, ...rows] = files()
      ['runs.csv']!.trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const { buffer } = new Uint8Array(readFileSync(join(folder, 'out', 'runs.parquet')));
    const parquet = await parquetReadObjects({ file: buffer });
    const column = head!.indexOf('convergence.seconds');
    for (const [index, record] of records.entries()) {
      expect(Number(rows[index]![column])).toBe(record.figures['convergence.seconds']);
      expect(parquet[index]!['convergence.seconds']).toBe(record.figures['convergence.seconds']);
      expect(parquet[index]!.kubeApiQps).toBe(record.settings['controllerManager.kubeApiQps']);
    }
  });

  test('adds replications to a finished sweep without running anything again', async () => {
    await run({ replications: 2 });
    await run({ replications: 3 }, count);
    expect(made).toBe(2);
    const grown = files();
    rmSync(join(folder, 'out'), { recursive: true });
    await run({ replications: 3 });
    expect(files()).toEqual(grown);
  });

  test('goes on from a journal whose last line was cut off', async () => {
    await run({ replications: 4 });
    const whole = files();
    const out = join(folder, 'out');
    const { identity } = JSON.parse(whole['sweep.json']!);
    const lines = whole['runs.ndjson']!.split('\n');
    rmSync(out, { recursive: true });
    cpSync(folder, `${folder}-copy`, { recursive: true });
    rmSync(`${folder}-copy`, { recursive: true });
    await run({ replications: 1 });
    for (const file of readdirSync(out)) rmSync(join(out, file));
    writeFileSync(
      join(out, 'journal.ndjson'),
      [JSON.stringify({ identity }), lines[5], lines[2], lines[3]!.slice(0, 200)].join('\n'),
    );
    made = 0;
    await run({ replications: 4 }, count);
    expect(made).toBe(6);
    expect(files()).toEqual(whole);
  });

  test.each([
    [
      'the scenario',
      (): void => write('vary: { controllerManager.kubeApiQps: [5, 50] }\nexpect: [pods.running == 6]\n'),
      /scenario has changed/,
    ],
    [
      'a file it names',
      (): void => {
        const file = join(folder, 'web.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace('6', '7'));
      },
      /web\.yaml has changed/,
    ],
    [
      'what is varied',
      (): void => write('vary: { controllerManager.kubeApiQps: [5, 60] }\n'),
      /not part of this sweep/,
    ],
  ])('does not mix old results with new ones when %s has changed', async (_what, change, message) => {
    await run();
    const before = files();
    change();
    await expect(run()).rejects.toThrow(message);
    expect(files()).toEqual(before);
    expect(await run({ fresh: true })).toBe(0);
  });

  test('takes no directory that holds something else', async () => {
    writeFileSync(join(folder, 'notes.txt'), '');
    await expect(run({ out: folder })).rejects.toThrow(/no part of a sweep/);
  });

  test('reports a run that failed, goes on, and tries a lost one again', async () => {
    const lost: Outcome = { status: 'failed', reason: 'lost', message: 'its worker ended' };
    expect(await run({}, (turn) => (turn === 2 ? lost : undefined))).toBe(3);
    made = 0;
    expect(await run({}, count)).toBe(0);
    expect(made).toBe(1);
  });

  test('writes nothing when it cannot begin', async () => {
    await expect(run({ vary: ['controllerManager.kubeApiQqs=1,2'] })).rejects.toThrow(/unknown key/);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe('--vary', () => {
  test('takes lists, ranges, texts with commas, and paths in step', () => {
    const values = (text: string): unknown => parseVary(text).levels.map((level) => level.map(({ value }) => value));
    expect(values('a=1, 2.5,x,*y')).toEqual([[1], [2.5], ['x'], ['*y']]);
    expect(values('a=10..30 step 10')).toEqual([[10], [20], [30]]);
    expect(values('a=constant(1ms),lognormal(p50=1ms, p99=5ms)')).toEqual([
      ['constant(1ms)'],
      ['lognormal(p50=1ms, p99=5ms)'],
    ]);
    expect(values('a=1,2; b=true,false')).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(() => parseVary('a')).toThrow('has no values');
  });
});

test('progress says how long it will still take', () => {
  const io = new FakeIo({ terminal: true });
  const progress = new SweepProgress(io);
  progress.plan(2_000, 500);
  for (let run = 0; run < 100; run++) progress.step();
  expect(progress.text(25_000 + 250)).toBe('600 of 2,000 runs, 4.0 a second, 5m50s to go');
});
