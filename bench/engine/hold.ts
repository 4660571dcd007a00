import { HeapQueue } from '../../src/engine/heap-queue.js';
import { TieredQueue } from '../../src/engine/tiered-queue.js';
import type { BenchCase, Contestant } from '../bench-case.js';
import { INCREMENTS, type IncrementShape, incrementsOf } from '../increments.js';
import { FlatQueuePeer } from '../peers/flatqueue.js';
import { HeapJsPeer } from '../peers/heap-js.js';
import type { HoldQueue } from '../peers/hold-queue.js';
import { ObjectHeap } from '../peers/object-heap.js';
import { TinyQueuePeer } from '../peers/tinyqueue.js';
import { RecordQueue } from './record-queue.js';

const SHAPES: readonly IncrementShape[] = ['exponential', 'uniform', 'bimodal', 'coarse ties'];

const QUEUES: readonly [string, () => HoldQueue][] = [
  ['hubsim', () => new RecordQueue((records) => new TieredQueue(records))],
  ['object heap', () => new ObjectHeap()],
  ['hubsim plain heap', () => new RecordQueue((records) => new HeapQueue(records))],
  ['tinyqueue 3.0.0', () => new TinyQueuePeer()],
  ['heap-js 2.7.1', () => new HeapJsPeer()],
  ['flatqueue 3.1.0 (no order of ties)', () => new FlatQueuePeer()],
];

/** Takes out the first event and schedules it again, so many times; gives a hash of the times. */
type Hold = (operations: number) => number;

/**
 * The loop as text, compiled anew for each contestant: V8 shares what it learns of a function among all its closures, and
 * a loop that has seen six queues can inline none of them.
 */
const HOLD = `
  let drawn = pending;
  return (operations) => {
    let hash = 0;
    for (let left = operations; left > 0; left--) {
      const timeNs = queue.pop();
      hash = (Math.imul(hash, 31) + timeNs) | 0;
      queue.push(timeNs + increments[drawn++ % ${INCREMENTS}]);
    }
    return hash;
  };`;

/** The hold model: `pending` events; the first is taken out and scheduled again. The classic test of event queues. */
export function holdCases(sizes: readonly number[], operations: number): BenchCase[] {
  return SHAPES.flatMap((shape) =>
    sizes.map((pending) => ({
      group: 'hold',
      name: `${shape}, ${pending} pending`,
      contestants: () => QUEUES.map(([name, make]) => holder(name, make(), incrementsOf(shape), pending, operations)),
    })),
  );
}

function holder(
  name: string,
  queue: HoldQueue,
  increments: Float64Array,
  pending: number,
  operations: number,
): Contestant {
  for (let drawn = 0; drawn < pending; drawn++) queue.push(increments[drawn % INCREMENTS]!);
  const hold = new Function('queue', 'increments', 'pending', HOLD)(queue, increments, pending) as Hold;
  return { name, run: () => ({ operations, hash: hold(operations) }) };
}
