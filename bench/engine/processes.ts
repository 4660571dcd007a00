import { Engine } from '../../src/engine/engine.js';
import type { QueueFactory } from '../../src/engine/event-queue.js';
import { HeapQueue } from '../../src/engine/heap-queue.js';
import { TieredQueue } from '../../src/engine/tiered-queue.js';
import { DurationDistribution } from '../../src/random/duration-distribution.js';
import { Exponential } from '../../src/random/exponential.js';
import { AleaStream } from '../../src/random/stream.js';
import type { BenchCase, Contestant } from '../bench-case.js';

/** A whole engine at work: N processes that each draw an exponential pause and schedule themselves again. */
export function processCases(sizes: readonly number[], operations: number): BenchCase[] {
  return sizes.map((count) => ({
    group: 'processes',
    name: `${count} with exponential pauses`,
    contestants: () => [
      processes('hubsim', (records) => new TieredQueue(records), count, operations),
      processes('hubsim plain heap', (records) => new HeapQueue(records), count, operations),
    ],
  }));
}

function processes(name: string, queue: QueueFactory, count: number, operations: number): Contestant {
  const engine = new Engine({ queue });
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
