/** Memory over a virtual day in which pods come and go: `npm run soak` adds it to `results/bench.ndjson`. */
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { bytesInUse, simulationOf } from './settled-heap.js';

const HOURS = 24;
const HOUR_NS = 3600e9;

const simulation = simulationOf('scale/churn-hour.yaml', ['vars.nodes=100', 'vars.rate=1', `vars.hours=${HOURS}`]);
const { engine } = simulation;
const soak: { hours: number; bytes: number }[] = [];
const look = engine.register('soak: look', (hours) => {
  soak.push({ hours, bytes: bytesInUse() });
  console.log(`${hours} h: ${(soak.at(-1)!.bytes / 2 ** 20).toFixed(1)} MiB`);
});
for (let hours = 1; hours < HOURS; hours++) engine.scheduleAs(true, hours * HOUR_NS, look, hours);
simulation.run();
appendRecord('results/bench.ndjson', benchRecord({ soak }));
