import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import { InputError } from '../../src/api/input-error.js';
import { Streams } from '../../src/random/streams.js';
import type { ScenarioConfig } from '../../src/scenario/config.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { simulate } from '../../src/scenario/simulate.js';
import { mutated } from './mutation.js';

const TOP = join(import.meta.dirname, '../..');
/** Larger clusters and longer preparations are read, but not run. */
const NODES_MAX = 60;
const OBJECTS_MAX = 200;

/** What became of one mutant. */
export interface Verdict {
  readonly number: number;
  readonly file: string;
  readonly text: string;
  readonly outcome: 'refused' | 'run' | 'read';
  readonly ms: number;
  /** What should not have been: an error without place or remedy, or one that is a bug. */
  readonly problem: string | undefined;
}

const FOLDERS: readonly string[] = [
  ...['scenarios', 'scenarios/manifests', 'scenarios/baselines', 'scenarios/clusters', 'scenarios/experiments'],
  ...['scenarios/restaurant', 'scenarios/restaurant/manifests', 'scenarios/database', 'scenarios/database/manifests'],
];

/** The files that are mutated: scenarios and manifests of the project. */
export const SEEDS: readonly string[] = FOLDERS.flatMap((folder) =>
  readdirSync(join(TOP, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(TOP, folder, file))
    .filter((file) => readFileSync(file).length < 20_000),
);

const WORDS: readonly string[] = [
  ...new Set(SEEDS.flatMap((file) => readFileSync(file, 'utf8').match(/[A-Za-z][\w./-]*/g) ?? [])),
];

/** One mutant by its number: the same number, the same mutant. */
export function mutant(number: number): { file: string; text: string } {
  const stream = new Streams(number).stream('fuzz');
  const file = SEEDS[stream.below(SEEDS.length)]!;
  let text = readFileSync(file, 'utf8');
  for (let changes = 1 + stream.below(3); changes > 0; changes--) text = mutated(text, stream, WORDS);
  return { file, text };
}

/** Reads a mutant, and runs it if it is right and small. */
export function examine(number: number, nowMs: () => number): Verdict {
  const { file, text } = mutant(number);
  const beganMs = nowMs();
  const { outcome, problem } = tried(file, text);
  return { number, file: basename(file), text, outcome, ms: nowMs() - beganMs, problem };
}

function tried(file: string, text: string): Pick<Verdict, 'outcome' | 'problem'> {
  const readFile = (path: string): string => (normalize(path) === file ? text : readFileSync(path, 'utf8'));
  try {
    const scenario = loadScenario(file, { readFile });
    if (!isSmall(scenario)) return { outcome: 'read', problem: undefined };
    simulate({ ...scenario, stop: { ...scenario.stop, atMostNs: 5e9 } });
    return { outcome: 'run', problem: undefined };
  } catch (error) {
    return { outcome: 'refused', problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string | undefined {
  if (!(error instanceof InputError)) return `no InputError: ${String((error as Error).stack)}`;
  const mistakes = [error, ...error.others];
  const placeless = mistakes.find(({ file, path }) => file === undefined && path === undefined);
  if (placeless !== undefined) return `without place: ${placeless.format()}`;
  const mute = mistakes.find((one) => !saysWhatToDo(one));
  if (mute !== undefined) return `without remedy: ${mute.format()}`;
  // What the file says itself is quoted.
  const own = error.message.replaceAll(/"[^"]*"/g, '');
  return own.includes('undefined') || /\[object|NaN/.test(own) ? `unclear: ${error.format()}` : undefined;
}

/** Whether a refusal has a remedy, or its sentence says what is allowed. */
export function saysWhatToDo({ message, remedy }: InputError): boolean {
  const own = message.replaceAll(/"(?:\\.|[^"\\])*"/g, '');
  return (
    (remedy ?? '') !== '' ||
    /[;:] (did you mean|allowed|write|give|what goes in step|put|for every)|\b(must|may only|takes|at most|at least|allowed) |^expected |^a (name|resource version) (has|is) /.test(
      own,
    )
  );
}

function isSmall({ cluster, before, timeline }: ScenarioConfig): boolean {
  const nodes = cluster.nodes.reduce(
    (sum, group) => sum + (group.source === 'count' ? group.count : group.nodes.length),
    0,
  );
  const objects = [...before, ...timeline].flatMap(({ action }) => action.objects ?? []);
  const replicas = objects.reduce(
    (sum, { spec }) => sum + ((spec as { replicas?: number } | undefined)?.replicas ?? 1),
    0,
  );
  return nodes <= NODES_MAX && replicas <= OBJECTS_MAX && before.length < 5;
}
