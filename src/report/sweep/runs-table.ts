import type { RunRecord } from '../../experiment/run-record.js';
import type { SweepResult } from '../../experiment/sweep-result.js';
import { shortNames, valueText } from '../../experiment/variants.js';

/** A column of the table of all runs. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean';
  /** null where a run has nothing to say. */
  readonly of: (record: RunRecord) => string | number | boolean | null;
}

/** The columns of `runs.csv` and `runs.parquet`: what the run was, how it ended, and every figure that any run has. */
export function runColumns({ records, paths }: SweepResult): readonly Column[] {
  const names = shortNames(paths);
  const figures = new Set<string>();
  for (const record of records)
    if (record.status === 'done') for (const name of Object.keys(record.figures)) figures.add(name);
  return [
    { name: 'run', type: 'number', of: ({ run }) => run },
    { name: 'variant', type: 'number', of: ({ variant }) => variant },
    { name: 'replication', type: 'number', of: ({ replication }) => replication },
    { name: 'seed', type: 'number', of: ({ seed }) => seed },
    ...paths.map((path): Column => settingColumn(names.get(path)!, path, records)),
    { name: 'status', type: 'text', of: ({ status }) => status },
    { name: 'message', type: 'text', of: (record) => (record.status === 'failed' ? record.message : null) },
    { name: 'fingerprint', type: 'text', of: (record) => (record.status === 'done' ? record.fingerprint : null) },
    { name: 'end', type: 'text', of: (record) => (record.status === 'done' ? record.end : null) },
    { name: 'events', type: 'number', of: (record) => (record.status === 'done' ? record.events : null) },
    { name: 'pass', type: 'boolean', of: (record) => (record.status === 'done' ? record.pass : null) },
    ...[...figures].map(
      (name): Column => ({
        name,
        type: 'number',
        of: (record) => (record.status === 'done' ? (record.figures[name] ?? null) : null),
      }),
    ),
  ];
}

/** Numbers stay numbers if all of them are. */
function settingColumn(name: string, path: string, records: readonly RunRecord[]): Column {
  const numbers = records.every(({ settings }) => typeof settings[path] === 'number');
  if (numbers) return { name, type: 'number', of: ({ settings }) => settings[path] as number };
  return { name, type: 'text', of: ({ settings }) => valueText(settings[path]) };
}
