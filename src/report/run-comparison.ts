import type { Summary } from '../measure/summary.js';

/** A run to be compared: how it is called, what it came to and what was configured. */
export interface ComparedRun {
  readonly name: string;
  readonly summary: Summary;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export type Verdict = 'better' | 'worse' | 'same' | 'other';

/** One figure of all runs; verdicts are of each run against the first. */
export interface RunFigure {
  readonly path: string;
  readonly unit: 's' | '';
  /** Null where a run has no such figure. */
  readonly values: readonly (number | null)[];
  readonly verdicts: readonly Verdict[];
}

export interface RunComparison {
  readonly runs: readonly string[];
  /** Of all runs the same: then they are the same run. */
  readonly sameFingerprint: boolean;
  readonly figures: readonly RunFigure[];
  /** Keys of the configuration that are not the same in all, with the value in each; null where it is not set. */
  readonly configuration: readonly { readonly key: string; readonly values: readonly unknown[] }[];
}

/** Figures by path within `summary.json`, and which way is better. */
const FIGURES: readonly (readonly [string, RunFigure['unit'], 'less' | 'more' | 'neither'])[] = [
  ['convergence.seconds', 's', 'less'],
  ['pods.running', '', 'more'],
  ['pods.unschedulable', '', 'less'],
  ['pods.createdToRunning.p50', 's', 'less'],
  ['pods.createdToRunning.p99', 's', 'less'],
  ['pods.createdAt.p100', 's', 'less'],
  ['pods.boundAt.p100', 's', 'less'],
  ['pods.runningAt.p100', 's', 'less'],
  ['hub.requests', '', 'less'],
  ['hub.rate.peak', '', 'neither'],
  ['hub.rejected', '', 'less'],
  ['hub.latency.mutating.p50', 's', 'less'],
  ['hub.latency.mutating.p99', 's', 'less'],
  ['hub.latency.read.p99', 's', 'less'],
  ['hub.watchEvents', '', 'less'],
  ['hub.watchLag.p50', 's', 'less'],
  ['hub.watchLag.p99', 's', 'less'],
  ['etcd.puts', '', 'less'],
  ['etcd.commitLatency.p99', 's', 'less'],
  ['cpu.kube-apiserver', 's', 'less'],
  ['cpu.etcd', 's', 'less'],
  ['cpu.kube-controller-manager', 's', 'less'],
  ['cpu.kube-scheduler', 's', 'less'],
];

/** Puts two or more runs side by side. */
export function compareRuns(runs: readonly ComparedRun[]): RunComparison {
  const figures = FIGURES.map(([path, unit, better]): RunFigure => {
    const values = runs.map(({ summary }) => numberAt(summary, path));
    return { path, unit, values, verdicts: values.map((value) => verdict(values[0]!, value, better)) };
  });
  const keys = [...new Set(runs.flatMap(({ configuration }) => Object.keys(configuration)))];
  const configured = keys.map((key) => ({ key, values: runs.map(({ configuration }) => configuration[key] ?? null) }));
  return {
    runs: runs.map(({ name }) => name),
    sameFingerprint: runs.every(({ summary }) => summary.fingerprint === runs[0]!.summary.fingerprint),
    figures: figures.filter(({ values }) => values.some((value) => value !== null)),
    configuration: configured.filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1),
  };
}

function numberAt(summary: Summary, path: string): number | null {
  let value: unknown = summary;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'number' ? value : null;
}

function verdict(first: number | null, value: number | null, better: 'less' | 'more' | 'neither'): Verdict {
  if (first === value) return 'same';
  // A run that never converged is worse than any that did.
  if (first === null || value === null) return better === 'less' ? (value === null ? 'worse' : 'better') : 'other';
  if (better === 'neither') return 'other';
  return value < first === (better === 'less') ? 'better' : 'worse';
}
