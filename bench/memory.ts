/** What one more pod, node, event and watcher takes: `npm run memory` adds it to `results/bench.ndjson`. */
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { Engine } from '../src/engine/index.js';
import { bytesInUse, bytesOf } from './settled-heap.js';

const rollout = (nodes: number, pods: number): number =>
  bytesOf('scale/rollout.yaml', [`vars.nodes=${nodes}`, 'vars.deployments=10', `vars.replicas=${pods / 10}`]);

function bytesOfEvents(count: number): number {
  const before = bytesInUse();
  const engine = new Engine();
  const kind = engine.register('later', () => {});
  for (let i = 0; i < count; i++) engine.schedule(1 + i, kind, i);
  const bytes = bytesInUse() - before;
  if (engine.workPending !== count) throw new Error('events are missing');
  return bytes;
}

/** By the difference of two sizes, so that what every run needs does not count. */
function each(small: number, large: number, bytes: (count: number) => number): number {
  const least = bytes(small);
  return Math.round((bytes(large) - least) / (large - small));
}

const watched = (watchers: number): number =>
  bytesOf('hub-throughput.yaml', [`vars.watchers=${watchers}`, 'vars.seconds=0.01', 'vars.clients=1']);

rollout(100, 1000);
const bytesEach = {
  'event in the queue': each(1 << 16, 1 << 20, bytesOfEvents),
  'node with its lease and kubelet': each(1_000, 11_000, (nodes) => rollout(nodes, 100)),
  'watcher that keeps nothing': each(1_000, 11_000, watched),
  'pod, in the store, all caches and the logs': each(10_000, 60_000, (pods) => rollout(1_000, pods)),
};
console.log(bytesEach);
appendRecord('results/bench.ndjson', benchRecord({ bytesEach }));
