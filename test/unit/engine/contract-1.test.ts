import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('the clock shows the time of the running event and ends at the horizon', () => {
  const engine = new Engine();
  const log: number[] = [];
  const kind = engine.register('tick', () => log.push(engine.nowNs));
  engine.schedule(30, kind);
  engine.schedule(10, kind);
  engine.scheduleAt(20, kind);
  engine.scheduleAt(2 ** 53 - 1, kind);
  expect(engine.run(1_000).reason).toBe('horizon');
  expect(log).toEqual([10, 20, 30]);
  expect(engine.nowNs).toBe(1_000);
  engine.run();
  expect(engine.nowNs).toBe(2 ** 53 - 1);
});

test('an event exactly at the horizon still runs', () => {
  const engine = new Engine();
  const kind = engine.register('tick', () => {});
  engine.schedule(10, kind);
  engine.schedule(11, kind);
  engine.run(10);
  expect(engine.eventsExecuted).toBe(1);
});

test('scheduling in the past is an error that names the kind and both times', () => {
  const engine = new Engine();
  const kind = engine.register('lease-renewal', () => {});
  engine.schedule(100, kind);
  engine.run();
  expect(() => engine.schedule(-1, kind)).toThrow('"lease-renewal" at 99 ns was scheduled in the past: now is 100 ns');
  expect(() => engine.scheduleAt(99, kind)).toThrow('in the past');
});

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  'a delay of %s is no exact time and an error',
  (delay) => {
    const engine = new Engine();
    const kind = engine.register('tick', () => {});
    expect(() => engine.schedule(delay, kind)).toThrow(/"tick" at .* ns/);
  },
);

test('running until a time in the past is an error', () => {
  const engine = new Engine();
  engine.schedule(
    10,
    engine.register('tick', () => {}),
  );
  engine.run();
  expect(() => engine.run(9)).toThrow('past');
});
