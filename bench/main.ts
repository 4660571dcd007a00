import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { allCases } from './cases.js';
import { type Measurement, measure } from './measure.js';

const SAMPLES = 9;

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
  },
});

const results: Record<string, Record<string, number>> = {};
for (const benchCase of allCases(options.smoke)) {
  const name = `${benchCase.group}: ${benchCase.name}`;
  if (!name.includes(options.only)) continue;
  const measurements = measure(benchCase, options.smoke ? 1 : SAMPLES);
  results[name] = Object.fromEntries(measurements.map((each) => [each.contestant, round(each.nsPerOperation)]));
  if (!options.json) console.log(describe(name, measurements));
}

const line = JSON.stringify({
  schema: 'hubsim/bench/v1',
  at: new Date().toISOString(),
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  unit: 'ns per operation',
  results,
});
if (options.json) console.log(line);
if (options.out !== undefined) appendFileSync(options.out, `${line}\n`);

function describe(name: string, measurements: readonly Measurement[]): string {
  const ours = measurements[0]!.nsPerOperation;
  const rows = measurements.map(({ contestant, nsPerOperation, hash }) => {
    const million = (1_000 / nsPerOperation).toFixed(1).padStart(7);
    const ratio = (nsPerOperation / ours).toFixed(2).padStart(7);
    return `  ${nsPerOperation.toFixed(1).padStart(8)} ns ${million} M/s ${ratio} x  ${contestant}  [${hash}]`;
  });
  return [name, ...rows].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
