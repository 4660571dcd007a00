import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';
import { Processor, type WakeCosts } from '../../../src/engine/processor.js';

const MS = 1e6;
const COSTS: WakeCosts = { wakeNs: 1_000, dozeNs: 0, coldNs: 100_000, tailNs: 4 * MS, coolNs: 30 * MS };

/** A host of so many cores, and when its tasks were done. */
function host(cores: number, sliceNs = 0) {
  const engine = new Engine();
  const processor = new Processor(engine, 'vm', cores, sliceNs);
  const done: [task: number, atNs: number][] = [];
  const doneKind = engine.register('done', (task) => done.push([task, engine.nowNs]));
  const startKind = engine.register('start', (component, costNs, task) =>
    processor.run(component, costNs, doneKind, task),
  );
  // Time goes on after the last task.
  engine.schedule(
    100 * MS,
    engine.register('end', () => {}),
  );
  const startAt = (atNs: number, component: number, costNs: number, task = 0): void => {
    engine.schedule(atNs, startKind, component, costNs, task);
  };
  return { engine, processor, done, startAt };
}

describe('a program that sleeps', () => {
  test('pays half of what it costs to be cold after its cooling time, and more after a longer sleep', () => {
    const { engine, processor, done, startAt } = host(1);
    const program = processor.addComponent('program', { ...COSTS, tailNs: 0 });
    for (const atMs of [30, 60, 330]) startAt(atMs * MS, program, 1_000);
    engine.run();
    const tookNs = done.map(([, atNs], index) => atNs - [30, 60, 330][index]! * MS);
    expect(tookNs[0]).toBe(1_000 + 1_000 + 50_000);
    expect(tookNs[1]).toBeGreaterThan(1_000 + 1_000 + 49_000);
    expect(tookNs[1]).toBeLessThan(tookNs[0]!);
    expect(tookNs[2]).toBeGreaterThan(1_000 + 1_000 + 89_000);
  });

  test('works for itself beside its tasks, which do not wait for that', () => {
    const { engine, processor, done, startAt } = host(1);
    const program = processor.addComponent('program', COSTS);
    startAt(30 * MS, program, 10_000);
    startAt(31 * MS, program, 10_000, 1);
    engine.run(100 * MS);
    const wokenNs = 1_000 + 50_000;
    expect(done).toEqual([
      [0, 30 * MS + wokenNs + 10_000],
      // Its runtime is still awake.
      [1, 31 * MS + 10_000],
    ]);
    expect(processor.busySeconds(program)).toBeCloseTo((wokenNs + 20_000 + 2 * MS) / 1e9, 9);
  });

  test('gives its core to whoever has a task, and goes on with its own affairs afterwards', () => {
    const { engine, processor, done, startAt } = host(1);
    const program = processor.addComponent('program', COSTS);
    const other = processor.addComponent('other');
    startAt(30 * MS, program, 10_000);
    startAt(31 * MS, other, 5 * MS, 1);
    engine.run(100 * MS);
    expect(done[1]).toEqual([1, 36 * MS]);
    expect(processor.busySeconds(program)).toBeCloseTo((1_000 + 50_000 + 10_000 + 2 * MS) / 1e9, 9);
    expect(processor.busySeconds(other)).toBeCloseTo(0.005, 9);
  });
});

test('on a full host programs share by threads: one with many tasks gets as many shares as there are cores', () => {
  const { engine, processor, startAt } = host(2);
  const busy = processor.addComponent('busy');
  const single = processor.addComponent('single');
  for (let i = 0; i < 6_000; i++) startAt(0, busy, MS / 10);
  const next = engine.register('next', () => processor.run(single, MS, next));
  engine.schedule(0, next);
  engine.run(300 * MS);
  expect(processor.busySeconds(single)).toBeGreaterThan(0.18);
  expect(processor.busySeconds(single)).toBeLessThan(0.22);
  expect(processor.busySeconds(busy) + processor.busySeconds(single)).toBeCloseTo(0.6, 2);
});

describe('a slice', () => {
  test('is what a program keeps a core for that another one wants', () => {
    const { engine, processor, done, startAt } = host(1, 3 * MS);
    const [one, other] = [processor.addComponent('one'), processor.addComponent('other')];
    for (let i = 0; i < 5; i++) startAt(0, one, MS, i);
    startAt(0, other, MS, 9);
    engine.run();
    expect(done.map(([task]) => task)).toEqual([0, 1, 2, 9, 3, 4]);
  });

  test('goes on for a program whose next task comes of the one before, and ends for one that has none', () => {
    const { engine, processor, done, startAt } = host(1, 3 * MS);
    const [loop, other] = [processor.addComponent('loop'), processor.addComponent('other')];
    let steps = 0;
    const step = engine.register('step', () => {
      done.push([steps++, engine.nowNs]);
      if (steps < 2) processor.run(loop, MS, step);
    });
    const begin = engine.register('begin', () => processor.run(loop, MS, step));
    engine.schedule(0, begin);
    startAt(0, other, MS, 9);
    engine.run();
    expect(done).toEqual([
      [0, MS],
      [1, 2 * MS],
      [9, 3 * MS],
    ]);
  });
});
