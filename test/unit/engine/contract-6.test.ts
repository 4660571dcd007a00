import { expect, test } from 'vitest';
import { Engine } from '../../../src/engine/index.js';
import { Exponential } from '../../../src/random/exponential.js';
import { Streams } from '../../../src/random/streams.js';

/** Times at which the named components act, each drawing its pauses from its own stream. */
function timesOf(names: readonly string[]): Map<string, number[]> {
  const engine = new Engine();
  const streams = new Streams(42);
  const pause = new Exponential(1_000);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  const act = engine.register('act', (target) => {
    const name = names[target]!;
    times.get(name)!.push(engine.nowNs);
    engine.schedule(Math.round(pause.sample(streams.stream(name))), act, target);
  });
  for (let target = 0; target < names.length; target++) engine.schedule(0, act, target);
  engine.run(100_000);
  return times;
}

test('adding a component changes nothing in what the others draw', () => {
  const without = timesOf(['scheduler', 'kubelet']);
  const among = timesOf(['etcd', 'scheduler', 'user', 'kubelet']);
  expect(among.get('scheduler')).toEqual(without.get('scheduler'));
  expect(among.get('kubelet')).toEqual(without.get('kubelet'));
  expect(among.get('etcd')).not.toEqual(among.get('user'));
});
