import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

describe('work and chores', () => {
  test('what an event schedules is of its class, and outside a run it is work', () => {
    const engine = new Engine();
    const log: [number, boolean][] = [];
    const note = engine.register('note', (target) => log.push([target, engine.inChore]));
    const parent = engine.register('parent', (target) => {
      engine.schedule(1, note, target);
      engine.scheduleAs(true, 1, note, target + 1);
    });
    engine.schedule(0, parent, 10);
    engine.scheduleAs(true, 0, parent, 20);
    engine.run();
    expect(engine.inChore).toBe(false);
    expect(log).toEqual([
      [10, false],
      [11, true],
      [20, true],
      [21, true],
    ]);
  });

  test('pending work counts queued work, the running one and holds, not chores; cancelling counts at once', () => {
    const engine = new Engine();
    const seen: number[] = [];
    const note = engine.register('note', () => seen.push(engine.workPending));
    engine.schedule(1, note);
    engine.schedule(2, note);
    engine.scheduleAs(true, 3, note);
    const cancelled = engine.schedule(4, note);
    engine.hold();
    expect(engine.workPending).toBe(4);
    engine.cancel(cancelled);
    expect(engine.workPending).toBe(3);
    engine.run();
    expect(seen).toEqual([3, 2, 1]);
    engine.release();
    expect(engine.workPending).toBe(0);
    expect(() => engine.release()).toThrow('without hold');
  });

  test('quiet is announced after the event that left no work, each time anew, and chores stay silent', () => {
    const engine = new Engine();
    const log: string[] = [];
    engine.onQuiet(() => log.push(`quiet at ${engine.nowNs}`));
    const work = engine.register('work', () => log.push(`work at ${engine.nowNs}`));
    const chore = engine.register('chore', () => {
      if (engine.nowNs === 20) engine.scheduleAs(false, 5, work);
      if (engine.nowNs < 50) engine.schedule(10, chore);
    });
    engine.scheduleAs(true, 0, chore);
    engine.schedule(3, work);
    engine.schedule(3, work);
    engine.run();
    expect(log).toEqual(['work at 3', 'work at 3', 'quiet at 3', 'work at 25', 'quiet at 25']);
  });

  test('a promoted chore and what it schedules from then on is work', () => {
    const engine = new Engine();
    const log: string[] = [];
    engine.onQuiet(() => log.push(`quiet at ${engine.nowNs}`));
    const child = engine.register('child', (target) => log.push(`${target} ${engine.inChore}`));
    const chore = engine.register('chore', () => {
      engine.schedule(1, child, 1);
      engine.become(false);
      engine.become(false);
      engine.schedule(2, child, 2);
    });
    engine.scheduleAs(true, 0, chore);
    engine.run();
    expect(log).toEqual(['1 true', '2 false', 'quiet at 2']);
    expect(engine.workPending).toBe(0);
  });

  test('an event may become work and a chore again, and quiet is announced after it', () => {
    const engine = new Engine();
    const quiet: number[] = [];
    engine.onQuiet(() => quiet.push(engine.nowNs));
    const batch = engine.register('batch', () => {
      engine.become(false);
      engine.become(true);
    });
    engine.scheduleAs(true, 5, batch);
    engine.run();
    expect(quiet).toEqual([5]);
    expect(engine.workPending).toBe(0);
  });

  test('work held and released by chores is announced when it ends', () => {
    const engine = new Engine();
    const quiet: number[] = [];
    engine.onQuiet(() => quiet.push(engine.nowNs));
    const start = engine.register('start', () => engine.hold());
    const end = engine.register('end', () => engine.release());
    engine.scheduleAs(true, 1, start);
    engine.scheduleAs(true, 2, end);
    engine.run();
    expect(quiet).toEqual([2]);
  });
});
