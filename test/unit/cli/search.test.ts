import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SearchOptions, search } from '../../../src/cli/commands/search.js';
import { inlinePool } from '../../../src/experiment/inline-pool.js';
import { smallFiles } from '../experiment/small-scenario.js';
import { FakeIo } from './fake-io.js';

const folder = mkdtempSync(join(tmpdir(), 'hubsim-search-'));
beforeAll(() => {
  for (const [path, text] of Object.entries(smallFiles()))
    writeFileSync(join(folder, path.slice('/exp/'.length)), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function searched(more: Partial<SearchOptions>): Promise<{ code: number; text: string }> {
  const io = new FakeIo();
  const plain = { smallest: false, largest: false, precision: '1', vary: [], charts: true, json: false, quiet: false };
  const options = { ...plain, file: join(folder, 'small.yaml'), out: join(folder, 'out'), ...more };
  return { code: await search(options, io, async (bundle) => inlinePool(bundle)), text: io.outText };
}

const FIND = {
  find: 'controllerManager.kubeApiQps',
  smallest: true,
  suchThat: 'pods.createdAt.p100 < 0.7',
  replications: 5,
};

describe('hubsim search', () => {
  test('finds a value, prints its trail and a chart, and leaves both', async () => {
    const { code, text } = await searched({ ...FIND, between: '1..100' });
    expect(code).toBe(0);
    expect(text).toMatch(/ {2}1: pods\.createdAt\.p100 .* in 5 runs: /);
    expect(text).toMatch(/The smallest controllerManager\.kubeApiQps such that pods\.createdAt\.p100 < 0\.7 is \d+/);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['charts', 'search.html', 'search.json']);
    const { value, trail } = JSON.parse(readFileSync(join(folder, 'out', 'search.json'), 'utf8'));
    expect(trail.find((trial: { value: number }) => trial.value === value).holds).toBe(true);
  });

  test('ranks settings', async () => {
    const vary = ['controllerManager.kubeApiQps=2..50', 'kubelet.podStart=1s..5s', 'scheduler.kubeApiQps=500..1000'];
    const { text } = await searched({ rank: 'convergence.seconds', vary, trajectories: 4 });
    expect(text).toContain('What changes convergence.seconds most over its range: kubelet.podStart (by');
  });

  test.each([
    [{}, /say what to search for/],
    [{ find: 'a' }, /--smallest or --largest/],
    [{ ...FIND, suchThat: undefined }, /needs a condition/],
    [{ ...FIND, between: '5..1' }, /below/],
    [{ ...FIND, between: '1..9 step 2' }, /is no range/],
    [{ ...FIND, find: 'kubelet.podStart' }, /is no number/],
    [{ ...FIND, find: 'controllerManager.kubeApiQqs', between: '1..2' }, /unknown key/],
    [{ rank: 'convergence.seconds', vary: ['a=1..2'] }, /two settings/],
    [
      {
        rank: 'convergense',
        vary: ['scheduler.kubeApiQps=50,60', 'controllerManager.kubeApiQps=50,60'],
        trajectories: 1,
      },
      /no run has/,
    ],
  ])('refuses %o', async (options, message) => {
    await expect(searched(options)).rejects.toThrow(message);
  });
});
