import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';

test('the fingerprint of a small run is what it was, on every machine', () => {
  // A snapshot: every recorded result holds such values, so a change of it belongs into the CHANGELOG.
  const engine = new Engine({ ties: 'seeded', seed: 42 });
  const kind = engine.register('split', (target) => {
    if (target < 2_000)
      for (const child of [1, 2]) engine.schedule((target % 7) * 3_000_000_000, kind, 2 * target + child);
  });
  engine.schedule(0, kind, 0);
  engine.run();
  expect([engine.eventsExecuted, engine.nowNs, engine.fingerprint()]).toMatchInlineSnapshot(`
    [
      4001,
      168000000000,
      "ab4e6ca15fd669bf",
    ]
  `);
});
