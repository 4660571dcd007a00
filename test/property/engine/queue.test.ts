import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QueueFactory } from '../../../src/engine/event-queue.js';
import { HeapQueue } from '../../../src/engine/heap-queue.js';
import { TieredQueue } from '../../../src/engine/tiered-queue.js';
import { QueueBesideArray } from './sorted-array-oracle.js';

// Goal: each queue gives out exactly what a sorted array would. Method: random programs of pushes, pops up to a horizon,
// cancels and sweeps, with delays that reach every tier: this instant, a few nanoseconds, anything up to days.

const queues: readonly [string, QueueFactory][] = [
  ['heap queue', (records) => new HeapQueue(records)],
  ['tiered queue', (records) => new TieredQueue(records)],
];

const delay = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom(1_023, 1_024, 1_000_000, 2 ** 20, 2 ** 30 - 1, 2 ** 30, 10_000_000_000) },
  { weight: 2, arbitrary: fc.nat(5_000) },
  {
    weight: 1,
    arbitrary: fc
      .maxSafeNat()
      .map((large) => large / 2 ** 14)
      .map(Math.floor),
  },
);
const priority = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.constantFrom(-127, -1, 1, 127));

const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('push' as const), delay, priority }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('storm' as const), delay, count: fc.integer({ min: 20, max: 400 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('burst' as const), delays: fc.array(delay, { maxLength: 80 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pop' as const), count: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('popUntil' as const), delay }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

function perform(pair: QueueBesideArray, step: Command): void {
  if (step.do === 'push') pair.push(step.delay, step.priority);
  else if (step.do === 'storm') for (let left = step.count; left > 0; left--) pair.push(step.delay, 0);
  else if (step.do === 'burst') for (const each of step.delays) pair.push(each, 0);
  else if (step.do === 'pop') for (let left = step.count; left > 0; left--) popEqual(pair, Number.POSITIVE_INFINITY);
  else if (step.do === 'popUntil') popEqual(pair, pair.nowNs + step.delay);
  else if (step.do === 'cancel') pair.cancel(step.index);
  else pair.sweep();
}

function popEqual(pair: QueueBesideArray, untilNs: number): void {
  const [given, expected] = pair.pop(untilNs);
  if (given !== expected) expect(given).toBe(expected);
}

describe.each(queues)('the %s', (_name, make) => {
  test.each(['fifo', 'seeded'] as const)('gives out what a sorted array would, with %s ties', (ties) => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 60 }), (steps) => {
        const pair = new QueueBesideArray(make, ties);
        for (const step of steps) perform(pair, step);
        while (pair.counts.pending > 0) popEqual(pair, Number.POSITIVE_INFINITY);
        popEqual(pair, Number.POSITIVE_INFINITY);
        expect(pair.counts).toEqual({ live: 0, pending: 0, cancelled: 0 });
      }),
      { seed: 20_261_122, numRuns: 150 },
    );
  });
});
