import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../api/input-error.js';
import { hubsimVersion } from '../version.js';
import type { MeasuredRun } from './measured-run.js';

/** One line of `results/bench.ndjson`: what was measured, of what, on what. */
export interface BenchRecord {
  readonly schema: 'hubsim/bench/v1';
  readonly at: string;
  /** Of the sources, if they are known. */
  readonly commit?: string;
  readonly hubsim: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Whole runs by name. */
  readonly runs?: Readonly<Record<string, MeasuredRun>>;
  /** Nanoseconds an operation, by case and contestant. */
  readonly nsPerOperation?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What one more of a thing takes in memory. */
  readonly bytesEach?: Readonly<Record<string, number>>;
  /** Memory in use, and resident, after so many virtual hours of a cluster in which pods come and go. */
  readonly soak?: readonly { readonly hours: number; readonly bytes: number; readonly residentBytes?: number }[];
  /** Shares of the time of runs by name, by the part of the sources that took them. */
  readonly profiles?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By run and figure, what was simulated of clusters whose size others have published figures of. */
  readonly scale?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The live heap of a large run in the end, by the part of the sources that made what lives. */
  readonly heap?: { readonly pods: number; readonly bytesByRoom: Readonly<Record<string, number>> };
}

/** What is measured now, by this version on this machine. */
export function benchRecord(
  measured: Pick<BenchRecord, 'runs' | 'nsPerOperation' | 'bytesEach' | 'soak' | 'heap' | 'profiles' | 'scale'>,
): BenchRecord {
  const cores = cpus();
  const commit = commitOfSources();
  return {
    schema: 'hubsim/bench/v1',
    at: new Date().toISOString(),
    ...(commit === undefined ? {} : { commit }),
    hubsim: hubsimVersion(),
    node: process.version,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    ...measured,
  };
}

/** The records of a file, oldest first; none if there is no such file. */
export function readRecords(file: string): readonly BenchRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parse(line, `${file}:${index + 1}`)]));
}

export function appendRecord(file: string, record: BenchRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(record)}\n`);
}

function parse(line: string, place: string): BenchRecord {
  let record: Partial<BenchRecord> | undefined;
  try {
    record = JSON.parse(line) as Partial<BenchRecord>;
  } catch {
    record = undefined;
  }
  if (record?.schema !== 'hubsim/bench/v1')
    throw new InputError(`${place}: not a record of hubsim bench`, { remedy: 'give another file with --out' });
  return record as BenchRecord;
}

function commitOfSources(): string | undefined {
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}
