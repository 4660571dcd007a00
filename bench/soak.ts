/** Memory over a virtual day in which pods come and go: `npm run soak` adds it to `results/bench.ndjson`. */
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { bytesInUse } from './settled-heap.js';
import { shippedSimulation } from './shipped.js';

const HOURS = 24;
const HOUR_NS = 3600e9;

const simulation = shippedSimulation('scale/churn-hour.yaml', ['vars.nodes=100', 'vars.rate=1', `vars.hours=${HOURS}`]);
const { engine } = simulation;
const soak: { hours: number; bytes: number; residentBytes: number }[] = [];
const look = engine.register('soak: look', (hours) => {
  const bytes = bytesInUse();
  const residentBytes = process.memoryUsage.rss();
  soak.push({ hours, bytes, residentBytes });
  console.log(`${hours} h: ${mebibytes(bytes)} MiB in use, ${mebibytes(residentBytes)} MiB resident`);
});
for (let hours = 1; hours < HOURS; hours++) engine.scheduleAs(true, hours * HOUR_NS, look, hours);
simulation.run();
appendRecord('results/bench.ndjson', benchRecord({ soak }));

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
