import { expect, test } from 'vitest';
import type { Outcome, RunOrder } from '../../../src/experiment/outcome.js';
import { inPlaces } from '../../../src/experiment/thread-pool.js';

const none = { fingerprint: '', events: 1, pass: true, figures: {}, halfWidths: {} };
const DONE: Outcome = { status: 'done', end: 'converged', ...none };
const order = (key: string): RunOrder => ({ key, settings: [], seed: 1 });

test('a run that ended its thread is given up, and whatever waited behind it is made, however often that happens', async () => {
  const doing = new Uint8Array(4);
  const tries: string[] = [];
  const run = inPlaces(doing, async ({ order: { key }, place }) => {
    tries.push(key);
    await Promise.resolve();
    if (key === 'deadly') doing[place] = 1;
    if (key === 'deadly' || tries.filter((each) => each === key).length < 4) throw new Error('exit code 1');
    return DONE;
  });
  const outcomes = await Promise.all(['deadly', 'harmless', 'deadly', 'late'].map((key) => run(order(key))));
  const lost = { status: 'failed', reason: 'lost', message: 'its worker ended: exit code 1' };
  expect(outcomes).toEqual([lost, DONE, lost, DONE]);
  expect(tries.filter((key) => key === 'deadly')).toHaveLength(2);
});

test('a run that no thread answers is given up after ten tries', async () => {
  let tries = 0;
  const run = inPlaces(new Uint8Array(2), async () => {
    tries++;
    throw new Error('no room');
  });
  expect(await run(order('any'))).toMatchObject({ reason: 'lost', message: 'its worker ended: no room' });
  expect(tries).toBe(10);
});
