import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/api/duration.js';
import { CONFIG_MAP, NODE } from '../../../src/api/kind.js';
import type { Profile } from '../../../src/cluster/profile.js';
import { parseDistribution } from '../../../src/random/parse-distribution.js';
import { loadProfile } from '../../../src/scenario/profile-file.js';
import { testHub } from '../hub/test-hub.js';

const IDEAL = loadProfile('ideal');
/** Nothing is drawn but how long everything is on the wire. */
const WIRED: Profile = { ...IDEAL, networkDelay: parseDistribution('exponential(mean=1ms)', parseDuration) };

/** How long 20 requests of a program take, one after the other, with others of these names beside it. */
function roundTrips(others: readonly string[], informers = 0): number[] {
  const hub = testHub(WIRED);
  const { engine } = hub;
  const program = hub.program('asker');
  const client = program.client('asker', 'system:masters', 0, 0);
  for (const kind of [CONFIG_MAP, NODE].slice(0, informers)) program.informer(kind);
  program.startInformers();
  const rest = others.map((name) => hub.program(name).client(name, 'system:masters', 0, 0));
  return Array.from({ length: 20 }, () => {
    const startNs = engine.nowNs;
    let tookNs = 0;
    client.get(CONFIG_MAP, 'default', 'a').answerTo = { answered: () => (tookNs = engine.nowNs - startNs) };
    for (const other of rest) other.get(CONFIG_MAP, 'default', 'a');
    engine.run(engine.nowNs + 1e9);
    return tookNs;
  });
}

test('who else there is, of the same name too, and what a program watches shifts nothing that a client draws', () => {
  const alone = roundTrips([]);
  expect(new Set(alone).size).toBe(20);
  expect(roundTrips(['other'])).toEqual(alone);
  expect(roundTrips(['asker', 'asker'])).toEqual(alone);
  expect(roundTrips([], 2)).toEqual(alone);
});

test('copies of a program do not draw the same', () => {
  const hub = testHub(WIRED);
  const times = [0, 0];
  for (const copy of [0, 1]) {
    const client = hub.program('copy').client('copy', 'system:masters', 0, 0);
    client.get(CONFIG_MAP, 'default', 'a').answerTo = { answered: () => (times[copy] = hub.engine.nowNs) };
  }
  hub.engine.run(1e9);
  expect(times[0]).toBeGreaterThan(0);
  expect(times[0]).not.toBe(times[1]);
});
