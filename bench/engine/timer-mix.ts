import { TieredQueue } from '../../src/engine/tiered-queue.js';
import { AleaStream } from '../../src/random/stream.js';
import type { BenchCase, Contestant } from '../bench-case.js';
import type { HoldQueue } from '../peers/hold-queue.js';
import { ObjectHeap } from '../peers/object-heap.js';
import { TinyQueuePeer } from '../peers/tinyqueue.js';
import { RecordQueue } from './record-queue.js';

const LEASE_NS = 10_000_000_000;
/** Steps of one renewal after the timer: request, commit, answer, watch. */
const STEPS = 4;

/** Times between two steps of a chain, drawn before the clock starts. */
const GAPS = 65_536;

/** The loop as text, compiled anew for each contestant, as that of the hold model is. */
const MIX = `
  let drawn = 0;
  return (operations) => {
    let hash = 0;
    for (let left = operations; left > 0; left--) {
      const timeNs = queue.pop();
      hash = (Math.imul(hash, 31) + timeNs) | 0;
      const step = timeNs & 7;
      if (step === 0) queue.push(timeNs + ${LEASE_NS});
      if (step < ${STEPS}) queue.push(timeNs + gaps[drawn++ % ${GAPS}]);
    }
    return hash;
  };`;

const QUEUES: readonly [string, () => HoldQueue][] = [
  ['hubsim', () => new RecordQueue((records) => new TieredQueue(records))],
  ['object heap', () => new ObjectHeap()],
  ['tinyqueue 3.0.0', () => new TinyQueuePeer()],
];

/**
 * What a control plane asks of a queue, and nothing else: each node's lease is due every 10 s and sets off a chain of
 * four events 0.2 to 5 ms apart. The step of a chain lies in the last three bits of the time.
 */
export function timerMixCases(nodes: readonly number[], operations: number): BenchCase[] {
  return nodes.map((count) => ({
    group: 'timer mix',
    name: `${count} nodes`,
    contestants: () => QUEUES.map(([name, make]) => mixer(name, make(), count, operations)),
  }));
}

function mixer(name: string, queue: HoldQueue, nodes: number, operations: number): Contestant {
  const stream = new AleaStream('bench/timer mix');
  for (let node = 0; node < nodes; node++) queue.push(8 * stream.below(LEASE_NS / 8));
  const gaps = Float64Array.from({ length: GAPS }, () => 1 + 8 * (25_000 + stream.below(600_000)));
  const mix = new Function('queue', 'gaps', MIX)(queue, gaps) as (operations: number) => number;
  return { name, run: () => ({ operations, hash: mix(operations) }) };
}
