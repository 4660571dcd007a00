import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('a run allocates a few bytes an event at most', () => {
  const engine = new Engine();
  let left = 0;
  const kind = engine.register('tick', (target) => {
    if (left-- > 0) engine.schedule(left & 1 ? 0 : 1_000_000, kind, target);
  });
  const bytesOf = (events: number): number => {
    left = events;
    engine.schedule(0, kind);
    const before = process.memoryUsage().heapUsed;
    engine.run();
    return process.memoryUsage().heapUsed - before;
  };
  bytesOf(300_000);
  // Boxed doubles die young and cost at most 16 bytes each; an object or closure an event would take more than all this.
  expect(bytesOf(50_000) / 50_000).toBeLessThan(100);
});
