import { expect, test } from 'vitest';
import { Engine, HeapQueue } from '../../../src/engine/index.js';

function fingerprintOf(steps: readonly (readonly [delayNs: number, kind: number, target: number])[]): string {
  const engine = new Engine();
  for (const name of ['a', 'b']) engine.register(name, () => {});
  for (const [delayNs, kind, target] of steps) engine.schedule(delayNs, kind, target);
  engine.run();
  return engine.fingerprint();
}

test('the fingerprint is 16 hexadecimal digits, and is always the same for the same events', () => {
  expect(fingerprintOf([])).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf([[5, 0, 1]])).toBe(fingerprintOf([[5, 0, 1]]));
});

test('the fingerprint changes with time, kind, target, number and order of events', () => {
  const base = [5, 0, 1] as const;
  const variants = [
    [],
    [base],
    [base, base],
    [[6, 0, 1]],
    [[5 + 2 ** 32, 0, 1]],
    [[5, 1, 1]],
    [[5, 0, 2]],
    [[5, 0, -1]],
    [base, [5, 1, 1]],
    [[5, 1, 1], base],
  ] as const;
  expect(new Set(variants.map(fingerprintOf)).size).toBe(variants.length);
});

test('two engines in one process, on different queues, do not notice each other', () => {
  const engines = [new Engine(), new Engine({ queue: (records) => new HeapQueue(records) })];
  for (const engine of engines) {
    const kind = engine.register('walk', (target, left) => {
      if (left > 0) engine.schedule((target * 7919 + left * 104_729) % 10_007, kind, (target * 31) % 97, left - 1);
    });
    for (let target = 0; target < 50; target++) engine.schedule(target, kind, target, 200);
  }
  for (let untilNs = 1_000; untilNs <= 3_000_000; untilNs += 1_000) for (const engine of engines) engine.run(untilNs);
  const [one, other] = engines;
  expect(one!.eventsExecuted).toBe(50 * 201);
  expect(one!.fingerprint()).toBe(other!.fingerprint());
});
