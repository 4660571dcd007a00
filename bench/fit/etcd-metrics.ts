import type { EtcdSummary } from '../../src/measure/summary.js';

/** What etcd's own metrics said of a case: means in seconds, and how many proposals went to disk together. */
export interface EtcdMetrics {
  readonly fsyncMean: number;
  readonly databaseCommitMean: number;
  readonly putsPerFsync: number;
}

interface Timed {
  readonly mean_ms: number;
  readonly n: number;
}

/** `background.etcd` of measured.json, in either of its forms. */
interface RawMetrics {
  readonly puts?: number;
  readonly wal_fsync_mean_ms?: Readonly<Record<string, Timed>>;
  readonly backend_commit_mean_ms?: Readonly<Record<string, Timed>>;
  readonly [counter: `etcd_${string}`]: number;
}

/** Reads them out of measured.json; `undefined` where none were written down. */
export function measuredMetrics(text: string): EtcdMetrics | undefined {
  const { background } = JSON.parse(text) as { background?: { etcd?: RawMetrics } };
  const raw = background?.etcd;
  const fsyncs = raw?.wal_fsync_mean_ms?.[''] ?? counted(raw, 'etcd_disk_wal_fsync_duration_seconds');
  const commits = raw?.backend_commit_mean_ms?.[''] ?? counted(raw, 'etcd_disk_backend_commit_duration_seconds');
  const puts = raw?.puts ?? raw?.etcd_mvcc_put_total;
  if (fsyncs === undefined || commits === undefined || puts === undefined) return undefined;
  return {
    fsyncMean: fsyncs.mean_ms / 1000,
    databaseCommitMean: commits.mean_ms / 1000,
    putsPerFsync: puts / fsyncs.n,
  };
}

function counted(raw: RawMetrics | undefined, name: `etcd_${string}`): Timed | undefined {
  const sum = raw?.[`${name}_sum`];
  const n = raw?.[`${name}_count`];
  return sum === undefined || n === undefined ? undefined : { mean_ms: (sum / n) * 1000, n };
}

/** The same of a simulation. */
export function simulatedMetrics({ puts, fsyncs, fsyncLatency, databaseCommitLatency }: EtcdSummary): EtcdMetrics {
  return {
    fsyncMean: fsyncLatency.mean ?? Number.NaN,
    databaseCommitMean: databaseCommitLatency.mean ?? Number.NaN,
    putsPerFsync: puts / fsyncs,
  };
}
