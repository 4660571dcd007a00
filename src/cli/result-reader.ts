import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../api/input-error.js';
import type { CriticalPath } from '../measure/critical-path.js';
import type { Summary } from '../measure/summary.js';
import { readPodRows } from '../report/pods-reader.js';
import type { ChartedRun, ReportedRun, RunOrigin } from '../report/reported-run.js';
import { readRequestSeries } from '../report/requests-reader.js';
import type { SeriesFile } from '../report/series-json.js';
import { readWatchSeries } from '../report/timeline-reader.js';
import type { Io } from './io.js';
import { checkShape, ORIGIN_SHAPE, type ResultShape, RUN_SHAPE, SERIES_SHAPE, SUMMARY_SHAPE } from './result-shape.js';
import type { RunFile } from './run-info.js';

/** What every sweep keeps, finished or not. */
const SWEEP_FILE = 'runs.ndjson';

/** A run as its result directory has it. */
export interface StoredRun {
  readonly run: ReportedRun;
  readonly origin: RunOrigin;
  /** What charts need besides: reads two tables more. */
  readonly charted: () => ChartedRun;
}

/** Reads what `hubsim run` wrote into a directory. Throws InputError for what is no result, or that of another version. */
export function readResult(directory: string, io: Io): StoredRun {
  const summary = readSummary(directory, io);
  const stored = readJson<SeriesFile>(directory, SERIES_SHAPE, io);
  const { question, timeZeroNs, endNs, marks, nodeStates, series, requestBucketNs, watchBucketNs } = stored;
  const pods = readPodRows(readResultFile(directory, 'pods.csv', io), timeZeroNs);
  const criticalPath = recordedPath(directory, io);
  const recorded = criticalPath === undefined ? {} : { criticalPath };
  const run: ReportedRun = { summary, question, timeZeroNs, endNs, pods, marks, nodeStates, series, ...recorded };
  const charted = (): ChartedRun => ({
    ...run,
    requests: readRequestSeries(readResultFile(directory, 'requests.csv', io), requestBucketNs),
    watch: readWatchSeries(readResultFile(directory, 'timeline.csv', io), watchBucketNs),
  });
  return { run, origin: readJson<RunOrigin>(directory, ORIGIN_SHAPE, io), charted };
}

export function readSummary(directory: string, io: Io): Summary {
  return readJson<Summary>(directory, SUMMARY_SHAPE, io);
}

/** What a result is of, so that it can be run again. */
export function readRunFile(directory: string, io: Io): RunFile {
  return readJson<RunFile>(directory, RUN_SHAPE, io);
}

/** The critical path of a result, if it was recorded. */
export function recordedPath(directory: string, io: Io): CriticalPath | undefined {
  try {
    const { schema: _, ...path } = JSON.parse(io.readFile(resolve(directory, 'critical-path.json')));
    return path as CriticalPath;
  } catch {
    return undefined;
  }
}

function readJson<T>(directory: string, shape: ResultShape, io: Io): T {
  const content = parsed(directory, shape.file, io);
  checkShape(directory, shape, content);
  return content as T;
}

function parsed(directory: string, file: string, io: Io): unknown {
  const content = readResultFile(directory, file, io);
  try {
    return JSON.parse(content);
  } catch {
    throw new InputError(`${resolve(directory, file)} is not JSON`, { remedy: 'run the scenario again' });
  }
}

/** A file of a result; throws InputError if the directory has none. */
export function readResultFile(directory: string, file: string, io: Io): string {
  try {
    return io.readFile(resolve(directory, file));
  } catch {
    throw notOfRun(directory, file);
  }
}

function notOfRun(directory: string, file: string): InputError {
  if (existsSync(resolve(directory, SWEEP_FILE)))
    return new InputError(`${directory} is the result of a sweep, not of a run`, {
      remedy:
        'hold two sweeps against each other with hubsim compare --baseline DIR --candidate DIR, or open sweep.html',
    });
  return new InputError(`${directory} is not the result of a run: it has no ${file}`, {
    remedy: 'name the directory that hubsim run wrote, or run its scenario again if an older hubsim did',
  });
}
