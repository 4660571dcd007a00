import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../../src/api/input-error.js';
import { Streams } from '../../src/random/streams.js';
import { importFiles } from '../../src/scenario/import/import-files.js';
import type { Verdict } from './fuzz.js';
import { mutated } from './mutation.js';

const FOLDER = join(import.meta.dirname, '../fixtures/import');

/** The files of others that are mutated, one of every kind that can be imported at least. */
const SEEDS: readonly string[] = [
  ...['audit.log', 'kubectl-dump.yaml', 'kwok-stages.yaml', 'simkube-trace.json', 'simulator-snapshot.json'],
  ...['cluster-loader/density.yaml', 'perf-tests/list/config.yaml', 'kwok/pod-ready.yaml'],
  'scheduler-perf/misc/performance-config.yaml',
].map((file) => join(FOLDER, file));

const WORDS: readonly string[] = [
  ...new Set(SEEDS.flatMap((file) => readFileSync(file, 'utf8').match(/[A-Za-z][\w./-]*/g) ?? [])),
];

/** Imports a mutant of somebody else's file: it is read, or refused with its place. */
export function examineImport(number: number, nowMs: () => number): Verdict {
  const stream = new Streams(number).stream('fuzz/import');
  const path = SEEDS[stream.below(SEEDS.length)]!;
  let text = readFileSync(path, 'utf8');
  for (let changes = 1 + stream.below(3); changes > 0; changes--) text = mutated(text, stream, WORDS);
  const beganMs = nowMs();
  const problem = problemWith(path, text);
  const outcome = problem === undefined ? 'read' : 'refused';
  return { number, file: basename(path), text, outcome, ms: nowMs() - beganMs, problem };
}

function problemWith(path: string, text: string): string | undefined {
  const readFile = (file: string): string => readFileSync(file, 'utf8');
  try {
    importFiles({ name: 'x', files: [{ path, text }], readFile, caseName: undefined, workload: undefined });
    return undefined;
  } catch (error) {
    return error instanceof InputError ? undefined : `no InputError: ${String((error as Error).stack)}`;
  }
}
