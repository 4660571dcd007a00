import { describe, expect, test } from 'vitest';
import { delayed, endOf, SEEDED, violations } from './seeds.js';

/** Large ones have their turn in `npm run seeds`. */
const QUICK = new Set([
  'conflict-storm',
  'crash-loop',
  'database/operator-killed',
  'drain-with-pdb',
  'frozen-controller-manager',
  'half-partitioned-node',
  'namespace-teardown',
  'node-loss',
  'rolling-update',
  'stateful-rollout',
  'zone-outage-partial',
]);
const SEEDS = [11, 12];

describe('whatever the seed and the delays, no invariant is broken on the way to the end', () => {
  test.each(SEEDED.filter((name) => QUICK.has(name)))('of %s', (name) => {
    const scenario = delayed(name);
    for (const seed of SEEDS) expect(violations(scenario, seed, endOf(name)), `seed ${seed}`).toEqual([]);
  });
});
