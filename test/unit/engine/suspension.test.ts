import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

/** A program with two kinds of events, somebody else with one, and a moment at which the program is stopped until 10. */
function stopped(end: 'resume' | 'drop', lastNs = 10): { log: string[]; quietAt: number[] } {
  const engine = new Engine();
  const log: string[] = [];
  const quietAt: number[] = [];
  const said = (name: string) => (target: number) => void log.push(`${name}${target} ${engine.nowNs}`);
  const from = engine.kindCount;
  const a = engine.register('a', said('a'));
  const b = engine.register('b', said('b'));
  const to = engine.kindCount;
  const other = engine.register('other', said('other'));
  const stop = engine.register('stop', () => {
    const suspension = engine.suspend([[from, to]]);
    const goOn = engine.register('go on', () => suspension[end]());
    engine.scheduleAs(true, lastNs - engine.nowNs, goOn);
  });
  for (const [delayNs, kind, target] of [
    [1, a, 1],
    [3, b, 1],
    [4, a, 2],
    [5, other, 1],
    [12, a, 3],
  ] as const)
    engine.scheduleAs(delayNs === 12, delayNs, kind, target);
  engine.scheduleAs(true, 2, stop);
  engine.onQuiet(() => void quietAt.push(engine.nowNs));
  engine.run();
  return { log, quietAt };
}

describe('kinds of events that are stopped', () => {
  test('happen when they go on, in their order', () => {
    expect(stopped('resume').log).toEqual(['a1 1', 'other1 5', 'b1 10', 'a2 10', 'a3 12']);
  });

  test('are no work that anybody waits for until then', () => {
    expect(stopped('resume').quietAt).toEqual([5, 10]);
  });

  test('never happen when they are dropped, and what comes later does', () => {
    expect(stopped('drop').log).toEqual(['a1 1', 'other1 5', 'a3 12']);
  });
});
