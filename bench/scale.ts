/** Clusters of sizes that others have published figures of: `npm run scale` adds the simulated ones to `results/bench.ndjson`. */
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { besidePublished } from '../src/scenario/published.js';
import { simulate } from '../src/scenario/simulate.js';
import { SCALE_RUNS } from './scale-runs.js';
import { shippedScenario } from './shipped.js';

const scale: Record<string, Record<string, number>> = {};
for (const { name, file, settings } of SCALE_RUNS) {
  const scenario = shippedScenario(file, settings);
  const figures = besidePublished(scenario.published, simulate(scenario).summary);
  scale[name] = Object.fromEntries(figures.flatMap(({ figure, own }) => (own === undefined ? [] : [[figure, own]])));
  console.log(name, scale[name]);
}
appendRecord('results/bench.ndjson', benchRecord({ scale }));
