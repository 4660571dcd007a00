/**
 * Where the time of large runs goes, by part of the sources: `npm run profile` adds it to `results/bench.ndjson`. The
 * simulation alone, without reading and writing.
 */
import { type Profiler, Session } from 'node:inspector';
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { roomOf } from './room.js';
import { shippedSimulation } from './shipped.js';

const RUNS: readonly (readonly [name: string, scenario: string, settings: readonly string[]])[] = [
  ['k8s-sims-1200', 'k8s-sims-1200.yaml', []],
  ['idle-5000', 'idle-5000.yaml', []],
  ['5,000 nodes, 50,000 pods', 'scale/rollout.yaml', ['vars.replicas=1000']],
  ['100,000 nodes, 50,000 pods', 'scale/rollout.yaml', ['vars.nodes=100000', 'vars.replicas=1000']],
  ['six minutes of churn', 'scale/churn-hour.yaml', ['vars.hours=0.1']],
];
const SAMPLE_US = 500;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
const profiles: Record<string, Record<string, number>> = {};
for (const [name, scenario, settings] of RUNS) {
  const simulation = shippedSimulation(scenario, settings);
  session.post('Profiler.start');
  simulation.run();
  session.post('Profiler.stop', (error, { profile }) => {
    if (error !== null) throw error;
    profiles[name] = shares(profile);
  });
  console.log(name, profiles[name]);
}
appendRecord('results/bench.ndjson', benchRecord({ profiles }));

/** Of all samples, how many fell into each room; the runtime counts for who called it, but for its collector. */
function shares({ nodes, samples = [] }: Profiler.Profile): Record<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rooms = new Map<number, string>();
  const visit = (id: number, caller: string): void => {
    const { callFrame, children = [] } = byId.get(id)!;
    const { functionName, url } = callFrame;
    const room = functionName === '(garbage collector)' ? 'garbage collection' : (roomOf(url) ?? caller);
    rooms.set(id, room);
    for (const child of children) visit(child, room);
  };
  visit(nodes[0]!.id, 'the runtime');
  const counts: Record<string, number> = {};
  for (const id of samples) counts[rooms.get(id)!] = (counts[rooms.get(id)!] ?? 0) + 1 / samples.length;
  return counts;
}
