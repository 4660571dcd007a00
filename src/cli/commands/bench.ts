import { InputError } from '../../api/input-error.js';
import { appendRecord, benchRecord, readRecords } from '../bench/bench-record.js';
import { type MeasuredRun, measureRun } from '../bench/measured-run.js';
import { Before } from '../bench/run-comparison.js';
import { runsTable } from '../bench/runs-table.js';
import { SMOKE_RUNS, WHOLE_RUNS, type WholeRun } from '../bench/whole-run.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';

export interface BenchOptions {
  /** Part of the names of the runs to time; '' for all. */
  readonly only: string;
  /** The runs that take minutes and gigabytes too. */
  readonly large: boolean;
  /** Sizes that only show that it works; nothing is kept. */
  readonly smoke: boolean;
  /** Say how it was before, and fail where there are more events than before. */
  readonly compare: boolean;
  /** Where records are kept. */
  readonly out: string;
  readonly json: boolean;
}

/** `hubsim bench`: times whole runs on this machine, and keeps what it measured. */
export function bench({ only, large, smoke, compare, out, json }: BenchOptions, io: Io): ExitCode {
  const runs = chosen(only, large, smoke);
  const earlier = readRecords(out);
  const measured: Record<string, MeasuredRun> = {};
  for (const run of runs) {
    if (io.errIsTerminal) io.err(`${run.name} …\n`);
    measured[run.name] = measureRun(run);
  }
  const record = benchRecord({ runs: measured });
  const before = compare ? new Before(earlier, record) : undefined;
  io.out(json ? `${JSON.stringify(record)}\n` : `${runsTable(runs, record, before)}\n`);
  if (!smoke) appendRecord(out, record);
  const growth = before?.growth() ?? [];
  for (const finding of growth) io.err(`hubsim: ${finding}\n`);
  return growth.length > 0 ? EXIT.expectation : EXIT.ok;
}

function chosen(only: string, large: boolean, smoke: boolean): readonly WholeRun[] {
  const all = smoke ? SMOKE_RUNS : WHOLE_RUNS;
  const named = all.filter(({ name }) => name.includes(only));
  if (named.length === 0)
    throw new InputError(`--only ${only}: no run has that in its name`, {
      remedy: `they are: ${all.map(({ name }) => name).join('; ')}`,
    });
  return only === '' && !large ? named.filter((run) => !run.large) : named;
}
