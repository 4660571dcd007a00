import type { BenchRecord } from './bench-record.js';

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
    const before = last(this.alike(), ({ runs }) => runs?.[name]);
    return before === undefined ? undefined : this.now.runs![name]!.seconds / before.seconds;
  }

  /** Nanoseconds an operation of a case that `npm run bench` has, by contestant; undefined like the slowdown. */
  nsPerOperation(name: string): Readonly<Record<string, number>> | undefined {
    return last(this.alike(), ({ nsPerOperation }) => nsPerOperation?.[name]);
  }

  /** What runs more than a tenth more events than it did, in words. */
  growth(): readonly string[] {
    return Object.entries(this.now.runs ?? {}).flatMap(([name, { events }]) => {
      const before = last(this.records, ({ runs }) => runs?.[name]);
      if (before === undefined || events <= before.events * (1 + EVENTS_GROWTH_MAX)) return [];
      return [`${name}: ${events.toLocaleString('en-US')} events, ${before.events.toLocaleString('en-US')} before`];
    });
  }

  private alike(): readonly BenchRecord[] {
    return this.records.filter((record) => isAlike(record, this.now));
  }
}

function last<T>(records: readonly BenchRecord[], find: (record: BenchRecord) => T | undefined): T | undefined {
  return records.map(find).findLast((found) => found !== undefined);
}

function isAlike(one: BenchRecord, other: BenchRecord): boolean {
  return one.cpu === other.cpu && one.cores === other.cores && one.node === other.node;
}
