import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RunResult } from '../../src/measure/run-result.js';
import { resultFiles } from '../../src/report/result-files.js';
import type { ScenarioConfig } from '../../src/scenario/config.js';
import { loadScenario } from '../../src/scenario/loader.js';
import type { Setting } from '../../src/scenario/setting.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { SimulateHooks } from '../../src/scenario/simulation.js';

/** What is kept of a run: enough to see that something changed, and to guess what. */
export interface GoldenRecord {
  readonly fingerprint: string;
  readonly end: string;
  readonly events: number;
  readonly convergenceSeconds: number | null;
  readonly pods: Readonly<Record<string, number | null>>;
  readonly hub: Readonly<Record<string, number | null>>;
  /** By file of the result. */
  readonly sha256: Readonly<Record<string, string>>;
}

const TOP = join(import.meta.dirname, '../..');

/** Folders below scenarios/ whose scenarios are kept. */
const FOLDERS = ['', 'baselines/', 'database/', 'restaurant/'];

/** Names of the scenarios of the project: `idle-5000`, `restaurant/dinner`. */
export const SCENARIOS: readonly string[] = FOLDERS.flatMap((folder) =>
  readdirSync(join(TOP, 'scenarios', folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${folder}${basename(file, '.yaml')}`),
).sort();

export function scenarioFile(name: string): string {
  return join(TOP, 'scenarios', `${name}.yaml`);
}

export function goldenFile(name: string): string {
  return join(import.meta.dirname, 'data', `${name.replaceAll('/', '-')}.json`);
}

/** Runs a scenario of the project. */
export function runScenario(name: string, hooks: SimulateHooks = {}): RunResult {
  return simulate(readScenario(name), hooks);
}

export function readScenario(name: string, settings: readonly Setting[] = []): ScenarioConfig {
  return loadScenario(scenarioFile(name), { readFile: (path) => readFileSync(path, 'utf8'), settings });
}

export function goldenRecord(result: RunResult): GoldenRecord {
  const { summary } = result;
  const { created, bound, running, deleted, pending, unschedulable, createdAt, boundAt, runningAt } = summary.pods;
  return {
    fingerprint: summary.fingerprint,
    end: summary.end.reason,
    events: summary.end.events,
    convergenceSeconds: rounded(summary.convergence.seconds),
    pods: {
      created,
      bound,
      running,
      deleted,
      pending,
      unschedulable,
      lastCreatedAt: rounded(createdAt.p100),
      lastBoundAt: rounded(boundAt.p100),
      lastRunningAt: rounded(runningAt.p100),
    },
    hub: {
      requests: summary.hub.requests,
      watchEvents: summary.hub.watchEvents,
      watchLagP99: rounded(summary.hub.watchLag.p99),
    },
    sha256: hashes(result),
  };
}

/** The hash of every deterministic file of a result. */
export function hashes(result: RunResult): Record<string, string> {
  const entries = resultFiles(result).map(({ path, content }): [string, string] => {
    const hash = createHash('sha256');
    for (const piece of content) hash.update(piece);
    return [path, hash.digest('hex')];
  });
  return Object.fromEntries(entries);
}

/** To the nanosecond, as in summary.json. */
function rounded(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1e9) / 1e9;
}
