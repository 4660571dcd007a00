import { Engine } from '../../src/engine/engine.js';
import type { QueueFactory } from '../../src/engine/event-queue.js';
import { HeapQueue } from '../../src/engine/heap-queue.js';
import { TieredQueue } from '../../src/engine/tiered-queue.js';
import type { BenchCase, Contestant } from '../bench-case.js';
import { ObjectHeapQueue } from '../peers/object-heap-queue.js';

/** Events that follow each other in one instant, through the public API, while `pending` timers wait. */
export function zeroDelayCases(sizes: readonly number[], operations: number): BenchCase[] {
  return sizes.map((pending) => ({
    group: 'zero delay',
    name: `${pending} timers pending`,
    contestants: () => [
      chain('hubsim', (records) => new TieredQueue(records), pending, operations),
      chain('object heap', (records) => new ObjectHeapQueue(records), pending, operations),
      chain('hubsim plain heap', (records) => new HeapQueue(records), pending, operations),
    ],
  }));
}

function chain(name: string, queue: QueueFactory, pending: number, operations: number): Contestant {
  const engine = new Engine({ queue });
  let left = 0;
  const next = engine.register('next', (target) => {
    if (--left > 0) engine.schedule(0, next, target);
    else engine.stop();
  });
  for (let index = 0; index < pending; index++) engine.schedule(10_000_000_000 + index * 1_000, next);
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
