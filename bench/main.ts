import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendRecord, benchRecord, readRecords } from '../src/cli/bench/bench-record.js';
import { Before } from '../src/cli/bench/run-comparison.js';
import { report } from '../src/cli/failure.js';
import { processIo } from '../src/cli/io.js';
import { compiledCase } from './compiled.js';
import type { Measurement } from './measure.js';
import { type BenchOptions, chosenCases, readOptions } from './options.js';

try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  process.exitCode = report(error, processIo());
}

/** Measures the cases in turn, says each as soon as it is known, and keeps them all. */
async function bench(options: BenchOptions): Promise<void> {
  const names = chosenCases(options);
  const before = options.compare ? new Before(readRecords(options.out), benchRecord({})) : undefined;
  const script = await compiledCase();
  const results: Record<string, Record<string, number>> = {};
  try {
    for (const name of names) {
      const measurements = measureApart(script, name, options.smoke);
      results[name] = Object.fromEntries(measurements.map((each) => [each.contestant, round(each.nsPerOperation)]));
      if (!options.json) console.log(describe(name, measurements, before));
    }
  } finally {
    rmSync(dirname(script), { recursive: true });
  }
  const record = benchRecord({ nsPerOperation: results });
  if (options.json) console.log(JSON.stringify(record));
  if (!options.smoke) appendRecord(options.out, record);
}

/** In a process of its own: code that has served other cases before is compiled for all of them. */
function measureApart(script: string, name: string, smoke: boolean): Measurement[] {
  const args = [script, name, ...(smoke ? ['--smoke'] : [])];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measurement[];
}

function describe(name: string, measurements: readonly Measurement[], before: Before | undefined): string {
  const ours = measurements[0]!.nsPerOperation;
  const earlier = before?.nsPerOperation(name);
  const rows = measurements.map(({ contestant, nsPerOperation, hash }) => {
    const million = (1_000 / nsPerOperation).toFixed(1).padStart(7);
    const ratio = (nsPerOperation / ours).toFixed(2).padStart(7);
    const figures = `${nsPerOperation.toFixed(1).padStart(8)} ns ${million} M/s ${ratio} x`;
    return `  ${figures}  ${contestant}  [${hash}]${before ? since(earlier?.[contestant], nsPerOperation) : ''}`;
  });
  return [name, ...rows].join('\n');
}

function since(before: number | undefined, now: number): string {
  return before === undefined ? '  new here' : `  ${(now / before).toFixed(2)} x ${before.toFixed(1)} ns before`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
