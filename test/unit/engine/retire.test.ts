import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('what a retired kind still has to come does nothing and is no work', () => {
  const engine = new Engine();
  const log: string[] = [];
  const from = engine.kindCount;
  const late = engine.register('late', () => log.push('late'));
  const again = engine.register('again', () => log.push('again'));
  const to = engine.kindCount;
  const other = engine.register('other', () => log.push('other'));
  const kill = engine.register('kill', () => {
    engine.schedule(0, again);
    engine.schedule(5, again);
    engine.retire(from, to);
    engine.schedule(0, other);
  });
  engine.schedule(10, late);
  engine.schedule(1, kill);
  let quietAt = -1;
  engine.onQuiet(() => {
    quietAt = engine.nowNs;
  });
  expect(engine.run().reason).toBe('empty');
  expect(log).toEqual(['other']);
  expect(quietAt).toBe(1);
});
