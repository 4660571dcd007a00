import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('a zero-delay event runs in this instant, after everything already scheduled for it', () => {
  const engine = new Engine();
  const log: string[] = [];
  const leaf = engine.register('leaf', (target) => log.push(`leaf ${target} at ${engine.nowNs}`));
  const root = engine.register('root', (target) => {
    log.push(`root ${target}`);
    engine.schedule(0, leaf, target);
  });
  engine.schedule(10, root, 1);
  engine.schedule(10, root, 2);
  engine.schedule(10, leaf, 3);
  engine.schedule(11, leaf, 4);
  engine.run();
  expect(log).toEqual(['root 1', 'root 2', 'leaf 3 at 10', 'leaf 1 at 10', 'leaf 2 at 10', 'leaf 4 at 11']);
});

test('a zero-delay event waits for those of a smaller priority and not for those of a larger one', () => {
  const engine = new Engine();
  const log: string[] = [];
  const note = engine.register('note', (target) => log.push(['last', 'zero', 'urgent'][target]!));
  const root = engine.register('root', () => {
    engine.scheduleWithPriority(1, 0, note, 0);
    engine.schedule(0, note, 1);
    engine.scheduleWithPriority(-1, 0, note, 2);
  });
  engine.schedule(10, root);
  engine.run();
  expect(log).toEqual(['urgent', 'zero', 'last']);
});

test('a zero-delay event stays in this instant when what came before it has been cancelled', () => {
  const engine = new Engine();
  const log: [target: number, atNs: number][] = [];
  const note = engine.register('note', (target) => log.push([target, engine.nowNs]));
  const root = engine.register('root', () => {
    engine.cancel(handle);
    engine.schedule(0, note, 1);
  });
  engine.schedule(10, root);
  const handle = engine.schedule(10, note, 0);
  engine.schedule(100, note, 2);
  engine.run();
  expect(log).toEqual([
    [1, 10],
    [2, 100],
  ]);
});

test('a zero-delay event scheduled after a horizon runs at the horizon', () => {
  const engine = new Engine();
  const log: number[] = [];
  const note = engine.register('note', (target) => log.push(target, engine.nowNs));
  engine.schedule(100, note, 2);
  engine.run(50);
  engine.schedule(0, note, 1);
  engine.run();
  expect(log).toEqual([1, 50, 2, 100]);
});

test.each(['fifo', 'seeded'] as const)('scheduleNow puts an event where schedule(0, …) does, with %s ties', (ties) => {
  const run = (now: (engine: Engine, kind: number, target: number) => void): string => {
    const engine = new Engine({ ties, seed: 7 });
    const note = engine.register('note', () => {});
    const root = engine.register('root', (target) => {
      now(engine, note, 10 * target);
      now(engine, note, 10 * target + 1);
    });
    for (let target = 1; target < 9; target++) engine.schedule(10, root, target);
    engine.run();
    return engine.fingerprint();
  };
  expect(run((engine, kind, target) => engine.scheduleNow(kind, target))).toBe(
    run((engine, kind, target) => engine.schedule(0, kind, target)),
  );
});
