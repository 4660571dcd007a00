import { resolve } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { CriticalPath } from '../measure/critical-path.js';
import type { Summary } from '../measure/summary.js';
import { readPodRows } from '../report/pods-reader.js';
import type { ReportedRun, RunOrigin } from '../report/reported-run.js';
import type { SeriesFile } from '../report/series-json.js';
import type { Io } from './io.js';

/** A run as its result directory has it. */
export interface StoredRun {
  readonly run: ReportedRun;
  readonly origin: RunOrigin;
}

/** Reads what `hubsim run` wrote into a directory. Throws InputError for what is no result. */
export function readResult(directory: string, io: Io): StoredRun {
  const summary = parsed<Summary>(directory, 'summary.json', io);
  const { question, timeZeroNs, endNs, marks, nodeStates, series } = parsed<SeriesFile>(directory, 'series.json', io);
  const pods = readPodRows(readResultFile(directory, 'pods.csv', io), timeZeroNs);
  const criticalPath = recordedPath(directory, io);
  const recorded = criticalPath === undefined ? {} : { criticalPath };
  const run: ReportedRun = { summary, question, timeZeroNs, endNs, pods, marks, nodeStates, series, ...recorded };
  return { run, origin: parsed<RunOrigin>(directory, 'scenario.json', io) };
}

/** The critical path of a result, if it was recorded. */
export function recordedPath(directory: string, io: Io): CriticalPath | undefined {
  try {
    return JSON.parse(io.readFile(resolve(directory, 'critical-path.json'))) as CriticalPath;
  } catch {
    return undefined;
  }
}

function parsed<T>(directory: string, file: string, io: Io): T {
  const content = readResultFile(directory, file, io);
  try {
    return JSON.parse(content) as T;
  } catch {
    throw new InputError(`${resolve(directory, file)} is not JSON`, { remedy: 'run the scenario again' });
  }
}

/** A file of a result; throws InputError if the directory has none. */
export function readResultFile(directory: string, file: string, io: Io): string {
  try {
    return io.readFile(resolve(directory, file));
  } catch {
    throw new InputError(`${directory} is not the result of a run: it has no ${file}`, {
      remedy: 'name the directory that hubsim run wrote',
    });
  }
}
