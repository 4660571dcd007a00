import type { Call, Verb } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import { Histogram } from '../stats/histogram.js';
import { bucketCounts } from './bucket-counts.js';
import type { RequestDurations, RequestKey, RequestScope } from './run-result.js';

/** As the API server has them (endpoints/metrics/metrics.go), seconds. */
export const REQUEST_BOUNDS: readonly number[] = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
];

const RESOURCE = 0;
const NAMESPACE = 1;
const CLUSTER = 2;
const SCOPES: readonly RequestScope[] = ['resource', 'namespace', 'cluster'];

/** The verbs of the metrics are the methods of HTTP, but for reads of many (endpoints/metrics/metrics.go, CanonicalVerb). */
const METHODS: Readonly<Record<Verb, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  get: 'GET',
  list: 'LIST',
  watch: 'WATCH',
};

/** How long the requests of one sort took, by how much of the cluster they were about: 0, 1 or 2 of the scopes. */
export type ScopedLatencies = (Histogram | undefined)[];

/** What is known of one sort of request. */
export interface RequestSort {
  readonly key: RequestKey;
  readonly kind: Pick<Kind, 'group' | 'version'>;
  readonly latencies: ScopedLatencies;
}

/** How much of the cluster a call is about (endpoints/metrics/metrics.go, CleanScope). */
export function scopeOf({ name, verb, namespace }: Pick<Call, 'name' | 'verb' | 'namespace'>): number {
  if (name !== '' || verb === 'create') return RESOURCE;
  return namespace === '' ? CLUSTER : NAMESPACE;
}

/** How long requests took by what the API server's metrics tell apart, whoever asked; in order of their labels. */
export function requestDurations(sorts: readonly RequestSort[]): RequestDurations[] {
  const rows = new Map<string, { labels: Labels; latency: Histogram; codes: Map<number, number> }>();
  for (const { key, kind, latencies } of sorts)
    for (const [at, latency] of latencies.entries()) {
      if (latency === undefined) continue;
      const labels = labelsOf(key, kind, SCOPES[at]!);
      const name = Object.values(labels).join(' ');
      const row = rows.get(name) ?? { labels, latency: new Histogram(), codes: new Map() };
      row.latency.merge(latency);
      row.codes.set(key.code, (row.codes.get(key.code) ?? 0) + latency.count);
      rows.set(name, row);
    }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { labels, latency, codes }]) => ({
      ...labels,
      codes: [...codes].sort(([a], [b]) => a - b).map(([code, count]) => ({ code, count })),
      durations: bucketCounts(latency, REQUEST_BOUNDS),
    }));
}

type Labels = Omit<RequestDurations, 'codes' | 'durations'>;

function labelsOf(
  { verb, resource, subresource }: RequestKey,
  { group, version }: RequestSort['kind'],
  scope: RequestScope,
): Labels {
  return { group, version, resource, subresource, scope, verb: METHODS[verb as Verb] };
}
