import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type CompareOptions, compare } from '../../../src/cli/commands/compare.js';
import { RUN_SCHEMA } from '../../../src/experiment/run-record.js';
import { Streams } from '../../../src/random/streams.js';
import { FakeIo } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'hubsim-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Model = (qps: number, seed: number) => number | null;

/** The runs of a synthetic model, two variants, with seeds from `firstSeed` on. */
function runs(name: string, model: Model, firstSeed = 1, count = 10): string {
  const lines = Array.from({ length: 2 * count }, (_, index) => {
    const [seed, qps] = [firstSeed + Math.floor(index / 2), index % 2 === 0 ? 20 : 50];
    const figures = { 'convergence.seconds': model(qps, seed), 'hub.rate.peak': 100 };
    return JSON.stringify({
      schema: RUN_SCHEMA,
      seed,
      settings: { 'controllerManager.kubeApiQps': qps },
      status: 'done',
      figures,
    });
  });
  const file = join(folder, `${name}.ndjson`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Noise of a seed, up to one half either way. */
function noise(seed: number): number {
  return new Streams(seed).stream('noise').uniform() - 0.5;
}

const base: Model = (qps, seed) => 1000 / qps + 10 * noise(seed);

async function compared(
  candidate: string,
  more: Partial<CompareOptions> = {},
): Promise<{ code: number; text: string }> {
  const io = new FakeIo();
  const baseline = runs('baseline', base);
  const code = await compare({ baseline, candidate, threshold: '5', markdown: false, json: false, ...more }, io);
  return { code, text: io.outText };
}

describe('hubsim compare of sweeps', () => {
  test('finds a known effect in every variant, far smaller than the noise', async () => {
    const candidate = runs('candidate', (qps, seed) => base(qps, seed)! * 1.001 + 0.2);
    const { code, text } = await compared(candidate, { json: true, threshold: '0' });
    const { figures } = JSON.parse(text) as {
      figures: { figure: string; verdict: string; difference: { low: number; high: number } }[];
    };
    const own = figures.filter(({ figure }) => figure === 'convergence.seconds');
    expect(own.map(({ verdict }) => verdict)).toEqual(['worse', 'worse']);
    for (const [index, truth] of [50 * 0.001 + 0.2, 20 * 0.001 + 0.2].entries()) {
      expect(own[index]!.difference.low).toBeLessThan(truth);
      expect(own[index]!.difference.high).toBeGreaterThan(truth);
    }
    expect(code).toBe(1);
  });

  test('lets a change for the worse within the threshold pass, and one beyond it fail', async () => {
    const candidate = runs('candidate', (qps, seed) => base(qps, seed)! * 1.04);
    expect((await compared(candidate)).code).toBe(0);
    expect((await compared(candidate, { threshold: '3 %' })).code).toBe(1);
    expect((await compared(candidate, { threshold: '3', moreIsBetter: 'convergence.seconds' })).code).toBe(0);
  });

  test('claims nothing where the interval holds zero: other seeds, the same model', async () => {
    const { code, text } = await compared(runs('candidate', base, 101));
    expect(text).toContain('no difference shown');
    expect(text).toContain('compared as independent samples');
    expect(code).toBe(0);
  });

  test('counts a figure that is missing now as a regression', async () => {
    const { code, text } = await compared(runs('candidate', (qps, seed) => (seed === 3 ? null : base(qps, seed))));
    expect(text).toContain('REGRESSION: missing in some runs');
    expect(code).toBe(1);
  });

  test('prints Markdown for a pull request', async () => {
    const { text } = await compared(
      runs('candidate', (qps, seed) => base(qps, seed)! * 2),
      { markdown: true },
    );
    expect(text).toMatch(/^### 2 of 4 regressed beyond 5 %/);
    expect(text).toContain('| kubeApiQps=20 | convergence.seconds |');
    expect(text).toContain('**REGRESSION**');
  });

  test('says which line of a file is no run', async () => {
    const file = join(folder, 'wrong.ndjson');
    writeFileSync(file, '{"schema":"other"}\n');
    await expect(compared(file)).rejects.toMatchObject({ file, line: 1 });
    await expect(compared(join(folder, 'none'))).rejects.toThrow('there is no file');
    await expect(compared(runs('c', base), { threshold: 'much' })).rejects.toThrow('no percentage');
    await expect(compared(runs('c', base), { figures: 'convergense' })).rejects.toThrow('has convergense');
  });
});
