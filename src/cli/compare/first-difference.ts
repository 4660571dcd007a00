import { InputError } from '../../api/input-error.js';
import { Trace } from '../../engine/index.js';
import { readable } from '../../report/charts/time-unit.js';
import { simulate } from '../../scenario/simulate.js';
import type { Io } from '../io.js';
import { readRunFile } from '../result-reader.js';
import { scenarioAgain } from '../scenario-again.js';

/** Events that are recorded of each run at most: 64 MB. */
const RECORDS_MAX = 4_000_000;

/** Where two runs part. Times in seconds since time zero; null where a run has ended. */
export interface FirstDifference {
  readonly at: readonly [number | null, number | null];
  readonly event: readonly [string | null, string | null];
  /** What happened last in both. */
  readonly before: string | null;
  readonly text: string;
}

interface Recorded {
  readonly trace: Trace;
  readonly timeZeroNs: number;
}

/**
 * Runs both scenarios again and looks for the first event that had to be waited for and is not the same in both;
 * `undefined` if all are. Throws InputError when they are too long to record.
 */
export function firstDifference(a: string, b: string, io: Io): FirstDifference | undefined {
  const [one, other] = [recorded(a, io), recorded(b, io)];
  const count = Math.max(one.trace.records, other.trace.records);
  for (let record = 1; record < count; record++) {
    const [left, right] = [eventAt(one, record), eventAt(other, record)];
    if (left?.name !== right?.name || left?.at !== right?.at) return parting(left, right, eventAt(one, record - 1));
  }
  if (one.trace.full || other.trace.full)
    throw new InputError('the runs are the same as far as they could be recorded, and go on', {
      remedy: 'stop them earlier, with --until',
    });
  return undefined;
}

interface Event {
  readonly name: string;
  readonly at: number;
}

function recorded(directory: string, io: Io): Recorded {
  const { scenario } = readRunFile(directory, io);
  const trace = new Trace(RECORDS_MAX);
  const { timeZeroNs } = simulate(scenarioAgain(scenario, io), { trace });
  return { trace, timeZeroNs };
}

function eventAt({ trace, timeZeroNs }: Recorded, record: number): Event | undefined {
  if (record < 1 || record >= trace.records) return undefined;
  const { timeNs, name } = trace.recordAt(record);
  return { name, at: (timeNs - timeZeroNs) / 1e9 };
}

function parting(left: Event | undefined, right: Event | undefined, before: Event | undefined): FirstDifference {
  const told = (event: Event | undefined): string =>
    event === undefined ? 'nothing more' : `${event.name} at ${when(event.at)}`;
  const after = before === undefined ? '' : ` after ${told(before)}`;
  return {
    at: [left?.at ?? null, right?.at ?? null],
    event: [left?.name ?? null, right?.name ?? null],
    before: before?.name ?? null,
    text: `They part${after}: the first has ${told(left)}, the second ${told(right)}.`,
  };
}

/** Before time zero the cluster comes up. */
function when(seconds: number): string {
  return seconds < 0 ? `${readable(-seconds)} before time zero` : readable(seconds);
}
