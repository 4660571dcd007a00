import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, numberAt } from '../../src/cli/validate/comparison.js';
import { type FigureKind, parseMeasured } from '../../src/cli/validate/measured.js';
import { replay } from '../../src/cli/validate/replay.js';
import { bounds } from '../../src/cli/validate/tolerance.js';
import type { Profile } from '../../src/cluster/profile.js';
import { loadScenario } from '../../src/scenario/loader.js';

/** The figures that a machine's costs decide, and the rates of clients, which they must not spoil; counts follow from those. */
const KINDS: ReadonlySet<FigureKind> = new Set(['cpu', 'latency', 'rate']);

/** One figure of one case: what was measured, what comes of the simulation, and their distance in tolerances. */
export interface Residual {
  readonly case: string;
  readonly path: string;
  readonly kind: FigureKind;
  readonly measured: number;
  readonly simulated: number;
  readonly tolerances: number;
}

const readFile = (file: string): string => readFileSync(file, 'utf8');

/** Names of the cases below a directory that match. */
export function caseNames(directory: string, pattern: RegExp): string[] {
  return readdirSync(directory)
    .filter((name) => pattern.test(name) && existsSync(join(directory, name, 'scenario.yaml')))
    .sort();
}

/** Runs a case with a profile and compares. */
export function residualsOf(directory: string, name: string, profile: Profile): Residual[] {
  const scenario = loadScenario(join(directory, name, 'scenario.yaml'), { readFile });
  const measured = parseMeasured(readFile(join(directory, name, 'measured.json')), name);
  const { summary } = replay({ ...scenario, profile }, measured);
  return compare(measured, [summary], KINDS).map(({ figure }) => {
    const simulated = numberAt(summary, figure.path) ?? Number.NaN;
    const [low, high] = bounds(figure);
    const tolerances = (simulated - figure.median) / ((high - low) / 2);
    return { case: name, path: figure.path, kind: figure.kind, measured: figure.median, simulated, tolerances };
  });
}
