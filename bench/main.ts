import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { appendRecord, benchRecord } from '../src/cli/bench/bench-record.js';
import { allCases, nameOf } from './cases.js';
import { compiledCase } from './compiled.js';
import type { Measurement } from './measure.js';

const { values: options } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: 'results/bench.ndjson' },
  },
});

const script = await compiledCase();
try {
  measureAll();
} finally {
  rmSync(dirname(script), { recursive: true });
}

function measureAll(): void {
  const results: Record<string, Record<string, number>> = {};
  for (const name of allCases(options.smoke).map(nameOf)) {
    if (!name.includes(options.only)) continue;
    const measurements = measureApart(name);
    results[name] = Object.fromEntries(measurements.map((each) => [each.contestant, round(each.nsPerOperation)]));
    if (!options.json) console.log(describe(name, measurements));
  }
  keep(results);
}

/** In a process of its own: code that has served other cases before is compiled for all of them. */
function measureApart(name: string): Measurement[] {
  const args = [script, name, ...(options.smoke ? ['--smoke'] : [])];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement[];
}

function keep(nsPerOperation: Record<string, Record<string, number>>): void {
  const record = benchRecord({ nsPerOperation });
  if (options.json) console.log(JSON.stringify(record));
  if (!options.smoke) appendRecord(options.out, record);
}

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
