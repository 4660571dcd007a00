import { statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../api/input-error.js';
import { RUN_SCHEMA, type RunRecord } from '../../experiment/run-record.js';
import { readGiven } from '../../scenario/files.js';
import type { Io } from '../io.js';

/** The runs in an NDJSON file, or in the directory of a sweep. Throws InputError with the line that is none. */
export function readRuns(path: string, io: Io): readonly RunRecord[] {
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, 'runs.ndjson') : path;
  const lines = readGiven(io.readFile, file).split('\n');
  const records = lines.flatMap((line, index) => (line.trim() === '' ? [] : [readRun(line, file, index + 1)]));
  if (records.length === 0)
    throw new InputError('the file has no runs', { file, remedy: 'give the runs.ndjson of a sweep' });
  return records;
}

function readRun(text: string, file: string, line: number): RunRecord {
  const remedy = 'each line is a run, as hubsim sweep writes them to runs.ndjson';
  try {
    const record = JSON.parse(text) as Partial<RunRecord> | null;
    if (record?.schema === RUN_SCHEMA) return record as RunRecord;
  } catch (error) {
    throw new InputError(`this is not JSON: ${(error as Error).message}`, { file, line, remedy });
  }
  throw new InputError(`this is no run of a sweep: its schema is not ${RUN_SCHEMA}`, { file, line, remedy });
}
