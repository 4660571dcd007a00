import { describe, expect, it } from 'vitest';
import type { QueueMeter } from '../../../src/client/queue-meter.js';
import { sleep, type Task } from '../../../src/client/task.js';
import { WorkQueue } from '../../../src/client/work-queue.js';
import { testHub } from '../hub/test-hub.js';

function setup(workers: number, costNs = 1e9) {
  const hub = testHub();
  const log: string[] = [];
  const { process } = hub.program('p');
  const queue = new WorkQueue(process, 'test', workers, sync);
  function* sync(key: number): Task {
    log.push(`${hub.engine.nowNs / 1e9}s ${key}`);
    yield sleep(costNs);
  }
  return { hub, queue, log };
}

describe('a work queue', () => {
  it('works once on a key that is added many times', () => {
    const { hub, queue, log } = setup(1);
    for (let i = 0; i < 5; i++) queue.add(7);
    hub.engine.run();
    expect(log).toEqual(['0s 7']);
  });

  it('works again on a key that was added while it was worked on', () => {
    const { hub, queue, log } = setup(2);
    queue.add(7);
    hub.engine.run(0.5e9);
    queue.add(7);
    hub.engine.run();
    expect(log).toEqual(['0s 7', '1s 7']);
  });

  it('tells a meter how long keys waited since they were added, and how long they were worked on', () => {
    const hub = testHub();
    const { process } = hub.program('p');
    const told: string[] = [];
    const meter: QueueMeter = {
      added: () => told.push('added'),
      retried: () => told.push('retried'),
      waited: (durationNs) => told.push(`waited ${durationNs / 1e9}s`),
      worked: (durationNs) => told.push(`worked ${durationNs / 1e9}s`),
    };
    const metered = Object.assign(Object.create(process), { queueMeter: () => meter });
    const queue = new WorkQueue(metered, 'test', 1, (key) => (key === 9 ? undefined : second()));
    function* second(): Task {
      yield sleep(1e9);
    }
    queue.add(7);
    queue.add(9);
    hub.engine.run(0.25e9);
    queue.add(7);
    hub.engine.run();
    expect(told.filter((each) => each === 'added')).toHaveLength(3);
    expect(told.filter((each) => each !== 'added')).toEqual([
      'waited 0s',
      'worked 1s',
      'waited 1s',
      'worked 0s',
      'waited 0.75s',
      'worked 1s',
    ]);
  });

  it('keeps as many keys under way as it has workers', () => {
    const { hub, queue, log } = setup(2);
    for (const key of [1, 2, 3, 4, 5]) queue.add(key);
    hub.engine.run();
    expect(log).toEqual(['0s 1', '0s 2', '1s 3', '1s 4', '2s 5']);
  });

  it('adds a key after its delay, and the shortest delay counts', () => {
    const { hub, queue, log } = setup(1);
    queue.addAfter(1, 5e9);
    queue.addAfter(1, 2e9);
    queue.addAfter(1, 9e9);
    hub.engine.run();
    expect(log).toEqual(['2s 1']);
  });

  it('takes for work what a worker does with a key that it has for a chore, once work has added it too', () => {
    const hub = testHub();
    const { engine } = hub;
    const { process } = hub.program('p');
    const effects: boolean[] = [];
    const effect = engine.register('effect', () => effects.push(engine.inChore));
    const queue = new WorkQueue(process, 'test', 1, function* () {
      yield sleep(1e9);
      engine.schedule(0.1e9, effect);
    });
    const add = engine.register('add', (key) => queue.add(key));
    engine.scheduleAs(true, 0, add, 7);
    engine.scheduleAs(false, 0.5e9, add, 7);
    let quietNs = 0;
    engine.onQuiet(() => {
      quietNs = engine.nowNs;
    });
    engine.run(0.7e9);
    expect(engine.workPending).toBe(1);
    engine.run();
    // What the chore reads after half a second is news: it, and the second look, are waited for.
    expect(effects).toEqual([false, false]);
    expect(quietNs).toBe(2.1e9);
    expect(engine.workPending).toBe(0);
  });

  it('leaves a chore a chore where only chores add its key', () => {
    const { hub, queue } = setup(1);
    const { engine } = hub;
    const chore = engine.register('chore', (key) => queue.add(key));
    engine.scheduleAs(true, 0, chore, 7);
    engine.scheduleAs(true, 0.5e9, chore, 7);
    engine.run(0.7e9);
    expect(engine.workPending).toBe(0);
    engine.run();
    expect(engine.workPending).toBe(0);
  });

  it('takes for work what work adds to a key that a chore has queued, or delayed, before', () => {
    const { hub, queue } = setup(1);
    const { engine } = hub;
    const chore = engine.register('chore', (key) => queue.add(key));
    queue.add(1);
    engine.scheduleAs(true, 0.5e9, chore, 7);
    engine.run(0.6e9);
    queue.add(7);
    engine.run(1.1e9);
    expect(engine.workPending).toBeGreaterThan(0);
    engine.run();
    queue.addAfter(3, 1e9, true);
    expect(engine.workPending).toBe(0);
    queue.addAfter(3, 5e9, false);
    expect(engine.workPending).toBe(1);
    queue.addAfter(3, 0.5e9, true);
    expect(engine.workPending).toBe(1);
  });

  it('waits no more for the retry of a key that is well again, but for what it is looked at again for', () => {
    const { hub, queue } = setup(1, 0);
    for (let failures = 0; failures < 12; failures++) queue.addRateLimited(1);
    hub.engine.run(0.02e9);
    for (let failures = 0; failures < 5; failures++) queue.addRateLimited(1);
    expect(hub.engine.workPending).toBe(1);
    queue.forget(1);
    expect(hub.engine.workPending).toBe(0);
    queue.addRateLimited(2);
    queue.addAfter(2, 30e9);
    queue.forget(2);
    expect(hub.engine.workPending).toBe(1);
  });

  it('doubles the backoff of a key from 5 ms on until it is forgotten', () => {
    const { hub, queue, log } = setup(1, 0);
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      const beforeNs = hub.engine.nowNs;
      queue.addRateLimited(1);
      hub.engine.run();
      waits.push(hub.engine.nowNs - beforeNs);
    }
    queue.forget(1);
    const beforeNs = hub.engine.nowNs;
    queue.addRateLimited(1);
    hub.engine.run();
    expect([...waits, hub.engine.nowNs - beforeNs]).toEqual([5e6, 10e6, 20e6, 5e6]);
    expect(log).toHaveLength(4);
  });

  it('leaves no work pending when it is done', () => {
    const { hub, queue } = setup(2);
    for (const key of [1, 2, 3]) queue.add(key);
    hub.engine.run();
    expect(hub.engine.workPending).toBe(0);
  });

  it('has nobody wait for a retry once the key is well again, however often it failed and was well before', () => {
    const { hub, queue } = setup(1, 0);
    for (let round = 0; round < 2; round++) {
      queue.addRateLimited(7);
      queue.forget(7);
      expect(hub.engine.workPending).toBe(0);
    }
  });
});
