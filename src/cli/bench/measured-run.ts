import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../api/input-error.js';
import type { RunInfo } from '../run-info.js';
import type { WholeRun } from './whole-run.js';

/** What a whole run took: the command from start to end, with reading and writing, and the simulation within. */
export interface MeasuredRun {
  readonly seconds: number;
  readonly simulatedSeconds: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly peakMemoryBytes: number;
  /** The same for the same model, on any machine. */
  readonly fingerprint: string;
}

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('../../../scenarios/', import.meta.url));

/**
 * Runs hubsim in processes of their own, since a process that has simulated before is compiled for it, and takes the
 * fastest. Charts and causes are left out: what is timed is the model and its report.
 */
export function measureRun(run: WholeRun): MeasuredRun {
  const measured = Array.from({ length: run.times }, () => measureOnce(run));
  return measured.reduce((best, each) => (each.seconds < best.seconds ? each : best));
}

function measureOnce(run: WholeRun): MeasuredRun {
  const out = mkdtempSync(join(tmpdir(), 'hubsim-bench-'));
  try {
    const began = process.hrtime.bigint();
    const settings = run.settings.flatMap((setting) => ['--set', setting]);
    const flags = ['--no-charts', '--no-causes', '--quiet', '--out', out];
    const words = [MAIN, 'run', join(SCENARIOS, run.scenario), ...settings, ...flags];
    const ended = spawnSync(process.execPath, words, { encoding: 'utf8' });
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    if (ended.status !== 0 && ended.status !== 1) throw new InputError(`${run.name} failed: ${ended.stderr.trim()}`);
    const info = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunInfo;
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
      fingerprint: string;
      end: { events: number };
    };
    return {
      seconds,
      simulatedSeconds: info.wallSeconds,
      events: summary.end.events,
      eventsPerSecond: info.eventsPerSecond,
      peakMemoryBytes: info.peakMemoryBytes,
      fingerprint: summary.fingerprint,
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
