import { Engine } from '../../src/engine/engine.js';
import type { BenchCase, Contestant } from '../bench-case.js';
import { ObjectEngine } from '../peers/object-engine.js';

/** When the timers that wait are due. */
const FAR_NS = 10_000_000_000;

/** Events that follow each other in one instant, through the public API, while `pending` timers wait. */
export function zeroDelayCases(sizes: readonly number[], operations: number): BenchCase[] {
  return sizes.map((pending) => ({
    group: 'zero delay',
    name: `${pending} timers pending`,
    contestants: () => [
      chain('hubsim', new Engine(), pending, operations),
      peerChain('object heap', new ObjectEngine(), pending, operations),
    ],
  }));
}

function chain(name: string, engine: Engine, pending: number, operations: number): Contestant {
  let left = 0;
  const next = engine.register('next', (target) => {
    if (--left > 0) engine.scheduleNow(next, target);
    else engine.stop();
  });
  for (let index = 0; index < pending; index++) engine.schedule(FAR_NS + index * 1_000, next);
  return {
    name,
    run() {
      left = operations;
      engine.scheduleNow(next);
      engine.run();
      return { operations, hash: engine.fingerprint() };
    },
  };
}

/** The same for the peer, in code of its own: a handler that has called two kinds of engine is slower with both. */
function peerChain(name: string, engine: ObjectEngine, pending: number, operations: number): Contestant {
  let left = 0;
  const next = engine.register('next', (target) => {
    if (--left > 0) engine.schedule(0, next, target);
    else engine.stop();
  });
  for (let index = 0; index < pending; index++) engine.schedule(FAR_NS + index * 1_000, next);
  return {
    name,
    run() {
      left = operations;
      engine.schedule(0, next);
      engine.run();
      return { operations, hash: engine.fingerprint() };
    },
  };
}
