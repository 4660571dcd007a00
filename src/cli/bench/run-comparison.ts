import type { BenchRecord } from './bench-record.js';
import type { MeasuredRun } from './measured-run.js';

/** More events than this share for the same scenario are a change that wants an explanation. */
const EVENTS_GROWTH_MAX = 0.1;

/** The last measurements: for times those on the same kind of machine and Node.js only, for events those on any. */
export class Before {
  private readonly records: readonly BenchRecord[];
  private readonly now: BenchRecord;

  constructor(records: readonly BenchRecord[], now: BenchRecord) {
    this.records = records;
    this.now = now;
  }

  /** How many times as long a run takes as it did; undefined if it was not measured on such a machine. */
  slowdown(name: string): number | undefined {
    const last = this.lastOf(name, (record) => isAlike(record, this.now));
    return last === undefined ? undefined : this.now.runs![name]!.seconds / last.seconds;
  }

  /** Nanoseconds an operation of a case that `npm run bench` has, by contestant; undefined like the slowdown. */
  nsPerOperation(name: string): Readonly<Record<string, number>> | undefined {
    const isComparable = (record: BenchRecord): boolean =>
      record.nsPerOperation?.[name] !== undefined && isAlike(record, this.now);
    return this.records.findLast(isComparable)?.nsPerOperation?.[name];
  }

  /** What runs more than a tenth more events than it did, in words. */
  growth(): readonly string[] {
    return Object.entries(this.now.runs ?? {}).flatMap(([name, { events }]) => {
      const last = this.lastOf(name, () => true);
      if (last === undefined || events <= last.events * (1 + EVENTS_GROWTH_MAX)) return [];
      return [`${name}: ${events.toLocaleString('en-US')} events, ${last.events.toLocaleString('en-US')} before`];
    });
  }

  private lastOf(name: string, comparable: (record: BenchRecord) => boolean): MeasuredRun | undefined {
    return this.records.findLast((record) => record.runs?.[name] !== undefined && comparable(record))?.runs?.[name];
  }
}

function isAlike(one: BenchRecord, other: BenchRecord): boolean {
  return one.cpu === other.cpu && one.cores === other.cores && one.node === other.node;
}
