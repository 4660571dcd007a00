import type { BenchRecord } from '../../src/cli/bench/bench-record.js';
import type { MeasuredRun } from '../../src/cli/bench/measured-run.js';

/** The newest measurement of everything, from all records. */
export interface Newest {
  readonly runs: ReadonlyMap<string, MeasuredRun>;
  readonly nsPerOperation: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly bytesEach: BenchRecord['bytesEach'];
  readonly soak: BenchRecord['soak'];
  readonly heap: BenchRecord['heap'];
  readonly profiles: BenchRecord['profiles'];
  /** Where: processors and versions, and of what. */
  readonly machine: string;
}

export function newest(records: readonly BenchRecord[]): Newest {
  const runs = new Map<string, MeasuredRun>();
  const nsPerOperation = new Map<string, Readonly<Record<string, number>>>();
  for (const record of records) {
    for (const [name, run] of Object.entries(record.runs ?? {})) runs.set(name, run);
    for (const [name, times] of Object.entries(record.nsPerOperation ?? {})) nsPerOperation.set(name, times);
  }
  const last = records.at(-1);
  return {
    runs,
    nsPerOperation,
    bytesEach: records.findLast(({ bytesEach }) => bytesEach !== undefined)?.bytesEach,
    soak: records.findLast(({ soak }) => soak !== undefined)?.soak,
    heap: records.findLast(({ heap }) => heap !== undefined)?.heap,
    profiles: records.findLast(({ profiles }) => profiles !== undefined)?.profiles,
    machine: last === undefined ? '' : `${last.cpu}, ${last.cores} cores, Node ${last.node.slice(1)}`,
  };
}
