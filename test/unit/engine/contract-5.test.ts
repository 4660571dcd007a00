import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('a run without events ends empty and leaves the clock at the last event', () => {
  const engine = new Engine();
  engine.schedule(
    10,
    engine.register('note', () => {}),
  );
  expect(engine.run(1_000)).toEqual({ reason: 'empty' });
  expect(engine.nowNs).toBe(10);
});

test('stop ends the run after the running event; another run goes on', () => {
  const engine = new Engine();
  const log: number[] = [];
  const kind = engine.register('note', (target) => {
    log.push(target);
    if (target === 1) engine.stop();
  });
  for (const target of [0, 1, 2]) engine.schedule(10, kind, target);
  expect(engine.run()).toEqual({ reason: 'stopped' });
  expect(log).toEqual([0, 1]);
  expect(engine.run()).toEqual({ reason: 'empty' });
  expect(log).toEqual([0, 1, 2]);
});

test('a livelock ends at the limit of an instant and names the kind that keeps it alive', () => {
  const engine = new Engine({ limits: { eventsInInstant: 1_000 } });
  const crowd = engine.register('crowd', () => {});
  const culprit = engine.register('work-queue-get', () => engine.schedule(0, culprit));
  engine.schedule(5, culprit);
  for (let index = 0; index < 300; index++) engine.schedule(5, crowd);
  const end = engine.run();
  expect(end.reason).toBe('limit');
  expect(end.message).toBe(
    '1000 events ran at 5 ns without the clock moving; most of them were of kind "work-queue-get"',
  );
  expect(engine.eventsExecuted).toBe(1_000);
});

test('exactly as many events in an instant as the limit allows are fine', () => {
  const engine = new Engine({ limits: { eventsInInstant: 10 } });
  const kind = engine.register('note', () => {});
  for (let index = 0; index < 20; index++) engine.schedule(index < 10 ? 1 : 2, kind);
  expect(engine.run().reason).toBe('empty');
});

test('the limit of events names the kind that ran most, and nothing is lost', () => {
  const engine = new Engine({ limits: { events: 100 } });
  const rare = engine.register('rare', () => {});
  const often = engine.register('heartbeat', () => engine.schedule(10, often));
  engine.schedule(995, rare);
  engine.schedule(0, often);
  const end = engine.run();
  expect(end).toEqual({
    reason: 'limit',
    message: 'the limit of 100 events was reached at 995 ns; most of them were of kind "heartbeat"',
  });
  expect(engine.eventsExecuted).toBe(100);
  expect(engine.run().reason).toBe('limit');
});

test('the limit of live events ends the run even inside one handler that never stops scheduling', () => {
  const engine = new Engine({ limits: { liveEvents: 5_000 } });
  const timer = engine.register('timer', () => {});
  const flood = engine.register('flood', () => {
    for (;;) engine.schedule(10, timer);
  });
  engine.schedule(0, flood);
  expect(engine.run()).toEqual({
    reason: 'limit',
    message: 'the limit of 5000 live events was exceeded; most of them are of kind "timer"',
  });
});

test('as many live events as the limit allows are fine, cancelled ones not counted', () => {
  const engine = new Engine({ limits: { liveEvents: 100 } });
  const timer = engine.register('timer', () => {});
  for (let round = 0; round < 5; round++) {
    const handles = Array.from({ length: 100 }, () => engine.schedule(10, timer));
    if (round < 4) for (const handle of handles) engine.cancel(handle);
  }
  expect(() => engine.schedule(10, timer)).toThrow('limit of 100 live events');
  expect(engine.run().reason).toBe('empty');
  expect(engine.eventsExecuted).toBe(100);
});

test.each([0, -1, 1.5, Number.NaN])('a limit of %s is refused', (events) => {
  expect(() => new Engine({ limits: { events } })).toThrow('limit events');
});

test('an error of a handler leaves the run, which a handler cannot enter again', () => {
  const engine = new Engine();
  const broken = engine.register('broken', () => engine.run());
  engine.schedule(0, broken);
  expect(() => engine.run()).toThrow('handler of the same engine');
});
