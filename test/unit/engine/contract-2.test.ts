import { describe, expect, test } from 'vitest';
import { Engine, HeapQueue, type QueueFactory, TieredQueue } from '../../../src/engine/index.js';

const queues: readonly [string, QueueFactory][] = [
  ['heap queue', (records) => new HeapQueue(records)],
  ['tiered queue', (records) => new TieredQueue(records)],
];

describe.each(queues)('with the %s', (_name, queue) => {
  test('earlier runs first, then smaller priority, then what was scheduled first', () => {
    const engine = new Engine({ queue });
    const log: number[] = [];
    const kind = engine.register('note', (target) => log.push(target));
    engine.schedule(20, kind, 6);
    engine.schedule(10, kind, 2);
    engine.scheduleWithPriority(5, 10, kind, 4);
    engine.scheduleWithPriority(-5, 10, kind, 1);
    engine.schedule(10, kind, 3);
    engine.scheduleWithPriority(5, 10, kind, 5);
    engine.run();
    expect(log).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('seeded ties permute the events of one time and priority, the same way for the same seed', () => {
    const order = (seed: number): number[] => {
      const engine = new Engine({ queue, ties: 'seeded', seed });
      const log: number[] = [];
      const kind = engine.register('note', (target) => log.push(target));
      for (let target = 0; target < 50; target++) engine.schedule(10, kind, target);
      engine.scheduleWithPriority(-1, 10, kind, -1);
      engine.schedule(9, kind, -2);
      engine.run();
      return log;
    };
    const sorted = [-2, -1, ...Array.from({ length: 50 }, (_, index) => index)];
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).not.toEqual(sorted);
    expect(order(1).slice(0, 2)).toEqual([-2, -1]);
    expect(order(1).toSorted((one, other) => one - other)).toEqual(sorted);
  });
});

test('every permutation of three tied events occurs about as often', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6_000; seed++) {
    const engine = new Engine({ ties: 'seeded', seed });
    const log: number[] = [];
    const kind = engine.register('note', (target) => log.push(target));
    for (let target = 0; target < 3; target++) engine.schedule(1, kind, target);
    engine.run();
    counts.set(log.join(), (counts.get(log.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
});

test('a priority that does not fit is an error', () => {
  const engine = new Engine();
  const kind = engine.register('note', () => {});
  for (const priority of [128, -128, 0.5, Number.NaN]) {
    expect(() => engine.scheduleWithPriority(priority, 0, kind)).toThrow('priority');
  }
});
