/**
 * What lives at the end of a large run, by the part of the sources that made it: `npm run heap` adds it to
 * `results/bench.ndjson`. `npm run heap -- PODS FILE` takes other sizes, and writes a heap snapshot as well.
 */
import { Session } from 'node:inspector';
import { writeHeapSnapshot } from 'node:v8';
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { roomOf } from './room.js';
import { bytesInUse } from './settled-heap.js';
import { shippedSimulation } from './shipped.js';

const DEPLOYMENTS = 50;
/** Bytes between two samples of what is allocated. */
const SAMPLING_BYTES = 32_768;

/** A function, what it has made that still lives, and whom it called (HeapProfiler.SamplingHeapProfileNode). */
interface ProfileNode {
  readonly callFrame: { readonly url: string };
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

const [pods = '150000', snapshotFile] = process.argv.slice(2);
const replicas = Math.round(Number(pods) / DEPLOYMENTS);
const session = new Session();
session.connect();
session.post('HeapProfiler.startSampling', { samplingInterval: SAMPLING_BYTES });
const simulation = shippedSimulation('scale/rollout.yaml', [`vars.replicas=${replicas}`]);
simulation.run();
bytesInUse();
const bytesByRoom: Record<string, number> = {};
session.post('HeapProfiler.getSamplingProfile', (error, found) => {
  if (error !== null) throw error;
  add(found.profile.head, 'the runtime');
});
console.log(bytesByRoom);
appendRecord('results/bench.ndjson', benchRecord({ heap: { pods: replicas * DEPLOYMENTS, bytesByRoom } }));
if (snapshotFile !== undefined) console.log(writeHeapSnapshot(snapshotFile));
// It must live until here, or there would be nothing to weigh.
if (simulation.engine.eventsExecuted === 0) throw new Error('nothing ran');

/** What the runtime and packages make counts for the room that called them. */
function add({ callFrame, selfSize, children }: ProfileNode, caller: string): void {
  const room = roomOf(callFrame.url) ?? caller;
  bytesByRoom[room] = (bytesByRoom[room] ?? 0) + selfSize;
  for (const child of children) add(child, room);
}
