import { expect, test } from 'vitest';
import type { Outcome, RunOrder } from '../../../src/experiment/outcome.js';
import { withSecondTry } from '../../../src/experiment/thread-pool.js';

const DONE: Outcome = {
  status: 'done',
  fingerprint: '',
  end: 'converged',
  events: 1,
  pass: true,
  figures: {},
  halfWidths: {},
};
const order = (key: string): RunOrder => ({ key, settings: [], seed: 1 });

test('a run that ends its thread every time is given up, and the one that waited behind it is made', async () => {
  const tries: string[] = [];
  const run = withSecondTry(async ({ key }) => {
    const alone = tries.length >= 2;
    tries.push(key);
    await Promise.resolve();
    if (alone && key === 'harmless') return DONE;
    throw new Error('exit code 1');
  });
  const outcomes = await Promise.all(['deadly', 'harmless'].map((key) => run(order(key))));
  expect(outcomes).toEqual([{ status: 'failed', reason: 'lost', message: 'its worker ended: exit code 1' }, DONE]);
  expect(tries).toEqual(['deadly', 'harmless', 'deadly', 'harmless']);
});
