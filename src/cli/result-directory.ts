import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { ResultFile } from '../report/result-files.js';

/** What a result directory may hold; anything else in it belongs to somebody. */
const KNOWN = new Set([
  'summary.json',
  'pods.csv',
  'timeline.csv',
  'requests.csv',
  'workloads.csv',
  'scheduling.ndjson',
  'critical-path.json',
  'comparison.json',
  'run.json',
  'series.json',
  'scenario.json',
  'report.html',
  'metrics.txt',
  'trace.json',
  'audit.log',
  'events.txt',
  'pods.parquet',
  'timeline.parquet',
  'requests.parquet',
  'workloads.parquet',
  'charts',
]);

/** Throws InputError unless a result may be written to `directory`: it is new, empty, or an older result. */
export function checkReplaceable(directory: string, known: ReadonlySet<string> = KNOWN): void {
  if (!existsSync(directory)) return;
  const foreign = entriesOf(directory).find((entry) => !known.has(entry));
  if (foreign === undefined) return;
  throw new InputError(`${directory} holds ${foreign}, which is no part of a result`, {
    remedy: 'give another directory with --out; nothing was written',
  });
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    throw new InputError(`${directory} is not a directory`, { remedy: 'give another one with --out' });
  }
}

/**
 * Writes a result whole or not at all: into a temporary directory beside it, which then takes its place. An older
 * result stays until the new one is finished.
 */
export function writeDirectory(
  directory: string,
  files: Iterable<ResultFile>,
  known: ReadonlySet<string> = KNOWN,
): void {
  checkReplaceable(directory, known);
  const target = resolve(directory);
  const partial = directoryBeside(target, directory);
  try {
    for (const file of files) writeFile(join(partial, file.path), file.content);
    chmodSync(partial, 0o755); // mkdtemp keeps it to its owner
    replace(target, `${partial}-old`, partial);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

/** An empty directory where the result can be put together; throws InputError where there can be none. */
function directoryBeside(target: string, named: string): string {
  try {
    mkdirSync(dirname(target), { recursive: true });
    return mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new InputError(`cannot write to ${named}: ${reason}`, { remedy: 'give another directory with --out' });
  }
}

function writeFile(path: string, content: ResultFile['content']): void {
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, 'wx');
  try {
    for (const piece of content) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

/** Two renames, since a directory with content cannot be renamed over; the older one comes back if the second fails. */
function replace(target: string, old: string, finished: string): void {
  if (!existsSync(target)) {
    renameSync(finished, target);
    return;
  }
  renameSync(target, old);
  try {
    renameSync(finished, target);
  } catch (error) {
    renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}
