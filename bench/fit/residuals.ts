import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, numberAt } from '../../src/cli/validate/comparison.js';
import { type FigureKind, parseMeasured } from '../../src/cli/validate/measured.js';
import { replay } from '../../src/cli/validate/replay.js';
import { bounds } from '../../src/cli/validate/tolerance.js';
import type { Profile } from '../../src/cluster/profile.js';
import type { EtcdSummary } from '../../src/measure/summary.js';
import { loadScenario } from '../../src/scenario/loader.js';
import { type EtcdMetrics, measuredMetrics, simulatedMetrics } from './etcd-metrics.js';

/** The figures that a machine's costs decide, and the rates of clients, which they must not spoil; counts follow from those. */
const KINDS: ReadonlySet<FigureKind> = new Set(['cpu', 'latency', 'rate']);

/** How near the means that etcd's metrics tell have to come, as those that a processor or disk decides. */
const METRIC_SHARE = 0.15;
/** With fewer proposals to an fsync they come one by one, and nobody wants the cores. */
const ALONE_MAX = 1.05;
/** A case in which less was written says nothing of how writes come together. */
const PUTS_MIN = 500;

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
  const text = readFile(join(directory, name, 'measured.json'));
  const measured = parseMeasured(text, name);
  const { summary } = replay({ ...scenario, profile }, measured);
  const figures = compare(measured, [summary], KINDS).map(({ figure }): Residual => {
    const simulated = numberAt(summary, figure.path) ?? Number.NaN;
    const [low, high] = bounds(figure);
    const tolerances = (simulated - figure.median) / ((high - low) / 2);
    return { case: name, path: figure.path, kind: figure.kind, measured: figure.median, simulated, tolerances };
  });
  return [...figures, ...metricResiduals(name, measuredMetrics(text), summary.etcd, summary.hub.load.rate !== null)];
}

/** What etcd's metrics say beside the figures that are compared. */
function metricResiduals(
  name: string,
  measured: EtcdMetrics | undefined,
  etcd: EtcdSummary,
  loaded: boolean,
): Residual[] {
  if (measured === undefined || etcd.puts < PUTS_MIN) return [];
  const simulated = simulatedMetrics(etcd);
  // Whoever comes back from an fsync on a busy machine waits for a core, which etcd counts as fsync and a simulation does not.
  const alone = measured.putsPerFsync < ALONE_MAX;
  const paths: (keyof EtcdMetrics)[] = alone ? ['fsyncMean'] : ['putsPerFsync'];
  // Without a load etcd mostly sleeps, and a simulation counts its waking to what the commit took.
  if (alone && loaded) paths.push('databaseCommitMean');
  return paths.map((path) => {
    const tolerances = (simulated[path] - measured[path]) / (METRIC_SHARE * measured[path]);
    return {
      case: name,
      path: `etcd: ${path}`,
      kind: 'cpu',
      measured: measured[path],
      simulated: simulated[path],
      tolerances,
    };
  });
}
