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
  /** Whole runs with newer releases of Node.js than the oldest that was measured with, by release. */
  readonly newer: ReadonlyMap<string, ReadonlyMap<string, MeasuredRun>>;
}

export function newest(all: readonly BenchRecord[]): Newest {
  const oldest = Math.min(...all.map(releaseOf));
  const records = all.filter((record) => releaseOf(record) === oldest);
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
    newer: newerOf(all.filter((record) => releaseOf(record) > oldest)),
  };
}

function newerOf(records: readonly BenchRecord[]): Map<string, Map<string, MeasuredRun>> {
  const newer = new Map<string, Map<string, MeasuredRun>>();
  for (const { node, runs = {} } of records) {
    const release = `Node ${node.slice(1)}`;
    newer.set(release, new Map([...(newer.get(release) ?? []), ...Object.entries(runs)]));
  }
  return newer;
}

/** The major version of Node.js. */
function releaseOf({ node }: BenchRecord): number {
  return Number.parseInt(node.slice(1), 10);
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0] as const)[0];
}
