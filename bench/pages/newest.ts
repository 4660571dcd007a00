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
  readonly scale: BenchRecord['scale'];
  /** By run or case, where it was measured: processor and versions. */
  readonly machines: ReadonlyMap<string, string>;
  /** Where most of the runs and cases were measured: processors and versions; and what was measured elsewhere. */
  readonly machine: string;
  readonly elsewhere: readonly string[];
}

export function newest(records: readonly BenchRecord[]): Newest {
  const runs = new Map<string, MeasuredRun>();
  const nsPerOperation = new Map<string, Readonly<Record<string, number>>>();
  const machines = new Map<string, string>();
  for (const record of records) {
    for (const [name, run] of Object.entries(record.runs ?? {})) runs.set(name, run);
    for (const [name, times] of Object.entries(record.nsPerOperation ?? {})) nsPerOperation.set(name, times);
    const names = [...Object.keys(record.runs ?? {}), ...Object.keys(record.nsPerOperation ?? {})];
    for (const name of names) machines.set(name, `${record.cpu}, ${record.cores} cores, Node ${record.node.slice(1)}`);
  }
  const machine = mostCommon([...machines.values()]);
  const elsewhere = [...machines].filter(([, where]) => where !== machine);
  return {
    runs,
    nsPerOperation,
    bytesEach: records.findLast(({ bytesEach }) => bytesEach !== undefined)?.bytesEach,
    soak: records.findLast(({ soak }) => soak !== undefined)?.soak,
    heap: records.findLast(({ heap }) => heap !== undefined)?.heap,
    profiles: records.findLast(({ profiles }) => profiles !== undefined)?.profiles,
    scale: records.findLast(({ scale }) => scale !== undefined)?.scale,
    machines,
    machine,
    elsewhere: elsewhere.map(([name, where]) => `${name} (${where})`),
  };
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0] as const)[0];
}
