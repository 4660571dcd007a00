import { Engine } from '../../src/engine/engine.js';
import { DurationDistribution } from '../../src/random/duration-distribution.js';
import { Exponential } from '../../src/random/exponential.js';
import { AleaStream } from '../../src/random/stream.js';
import type { BenchCase, Contestant } from '../bench-case.js';
import { ObjectEngine } from '../peers/object-engine.js';
import { simjsProcesses } from '../peers/simjs-processes.js';
import { simpyProcesses } from '../peers/simpy-processes.js';

/** A whole engine at work: N processes that each draw an exponential pause and schedule themselves again. */
export function processCases(sizes: readonly number[], operations: number): BenchCase[] {
  return sizes.map((count) => ({
    group: 'processes',
    name: `${count} with exponential pauses`,
    contestants: () =>
      [
        processes('hubsim', new Engine(), count, operations),
        peerProcesses('object heap', new ObjectEngine(), count, operations),
        simjsProcesses(count, operations),
        simpyProcesses(count, operations),
      ].filter((contestant) => contestant !== undefined),
  }));
}

function processes(name: string, engine: Engine, count: number, operations: number): Contestant {
  const stream = new AleaStream('bench/processes');
  const pause = new DurationDistribution(new Exponential(1_000_000));
  let left = 0;
  const act = engine.register('act', (target) => {
    if (--left === 0) engine.stop();
    engine.schedule(pause.sample(stream), act, target);
  });
  for (let target = 0; target < count; target++) engine.schedule(pause.sample(stream), act, target);
  return {
    name,
    run() {
      left = operations;
      engine.run();
      return { operations, hash: engine.fingerprint() };
    },
  };
}

/** The same for the peer, in code of its own: a handler that has called two kinds of engine is slower with both. */
function peerProcesses(name: string, engine: ObjectEngine, count: number, operations: number): Contestant {
  const stream = new AleaStream('bench/processes');
  const pause = new DurationDistribution(new Exponential(1_000_000));
  let left = 0;
  const act = engine.register('act', (target) => {
    if (--left === 0) engine.stop();
    engine.schedule(pause.sample(stream), act, target);
  });
  for (let target = 0; target < count; target++) engine.schedule(pause.sample(stream), act, target);
  return {
    name,
    run() {
      left = operations;
      engine.run();
      return { operations, hash: engine.fingerprint() };
    },
  };
}
