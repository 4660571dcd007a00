import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('a cancelled event never runs, and can be cancelled only once', () => {
  const engine = new Engine();
  const log: number[] = [];
  const kind = engine.register('note', (target) => log.push(target));
  const handles = [0, 5, 5, 2_000_000_000].map((delay, target) => engine.schedule(delay, kind, target));
  expect(handles.map((handle) => engine.cancel(handle))).toEqual([true, true, true, true]);
  expect(handles.map((handle) => engine.cancel(handle))).toEqual([false, false, false, false]);
  engine.schedule(7, kind, 9);
  expect(engine.run().reason).toBe('empty');
  expect(log).toEqual([9]);
});

test('an event that runs, or has run, cannot be cancelled, and its handle never means another event', () => {
  const engine = new Engine();
  const answers: boolean[] = [];
  const handles: number[] = [];
  const kind = engine.register('note', (target) => {
    answers.push(engine.cancel(handles[target]!));
  });
  for (let target = 0; target < 1_000; target++) {
    handles.push(engine.schedule(1, kind, target));
    engine.run();
    for (const handle of handles) answers.push(engine.cancel(handle));
  }
  expect(new Set(handles).size).toBe(1_000);
  expect(answers).not.toContain(true);
});

test.each([0, -1, 1, 7, 0.5, Number.NaN, 2 ** 53])('cancelling %s, which is no handle, does nothing', (handle) => {
  const engine = new Engine();
  engine.schedule(
    1,
    engine.register('note', () => {}),
  );
  expect(engine.cancel(handle)).toBe(false);
  engine.run();
  expect(engine.eventsExecuted).toBe(1);
});

test('a million timeouts that are all cancelled take a few thousand slots and little time', () => {
  const engine = new Engine({ limits: { liveEvents: 4_096 } });
  const timeout = engine.register('timeout', () => {});
  const request = engine.register('request', (left) => {
    engine.cancel(engine.schedule(30_000_000_000, timeout));
    if (left > 0) engine.schedule(1_000, request, left - 1);
  });
  engine.schedule(0, request, 1_000_000);
  expect(engine.run().reason).toBe('empty');
  expect(engine.eventsExecuted).toBe(1_000_001);
});
