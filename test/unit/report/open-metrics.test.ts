import { describe, expect, test } from 'vitest';
import { bucketCounts, exponentialBounds } from '../../../src/measure/bucket-counts.js';
import { requestDurations, type ScopedLatencies, scopeOf } from '../../../src/measure/request-durations.js';
import { inPieces } from '../../../src/report/csv.js';
import { openMetrics } from '../../../src/report/open-metrics.js';
import { Histogram } from '../../../src/stats/histogram.js';
import { runScenario } from '../../golden/golden-record.js';
import { readOpenMetrics } from './open-metrics-reader.js';
import { syntheticResult } from './synthetic.js';

const textOf = (run: Parameters<typeof openMetrics>[0]): string => [...inPieces(openMetrics(run))].join('');

describe('metrics.txt', () => {
  const result = runScenario('rolling-update');
  const families = readOpenMetrics(textOf(result));
  const sum = (family: string, name: string, labels: Record<string, string> = {}): number =>
    families
      .get(family)!
      .samples.filter(
        (one) => one.name === name && Object.entries(labels).every(([key, text]) => one.labels[key] === text),
      )
      .reduce((total, { value }) => total + value, 0);

  test('counts requests as the summary does', () => {
    const { hub } = result.summary;
    expect(sum('apiserver_request', 'apiserver_request_total')).toBe(hub.requests);
    expect(sum('apiserver_request_duration_seconds', 'apiserver_request_duration_seconds_count')).toBe(hub.requests);
  });

  test('labels requests as the API server does: who asked is in a metric of its own', () => {
    const common = { dry_run: '', component: 'apiserver', version: 'v1' };
    const labels = families.get('apiserver_request')!.samples.map((one) => one.labels);
    const pods = { ...common, group: '', resource: 'pods', scope: 'resource' };
    expect(labels).toContainEqual({ ...pods, verb: 'POST', subresource: 'binding', code: '201' });
    const sets = { ...common, group: 'apps', resource: 'replicasets', subresource: '', scope: 'resource' };
    expect(labels).toContainEqual({ ...sets, verb: 'POST', code: '201' });
    expect(sum('hubsim_requests', 'hubsim_requests_total')).toBe(result.summary.hub.requests);
    expect(families.get('hubsim_requests')!.samples[0]!.labels.client).not.toBe('');
  });

  test('has an attempt for every pod that came to a node, and how many it took', () => {
    const { bound } = result.summary.pods;
    const attempts = 'scheduler_scheduling_attempt_duration_seconds';
    expect(sum(attempts, `${attempts}_count`, { result: 'scheduled', profile: 'default-scheduler' })).toBe(bound);
    expect(sum('scheduler_schedule_attempts', 'scheduler_schedule_attempts_total', { result: 'scheduled' })).toBe(
      bound,
    );
    expect(sum('scheduler_pod_scheduling_attempts', 'scheduler_pod_scheduling_attempts_bucket', { le: '1.0' })).toBe(
      bound,
    );
    expect(families.get('scheduler_pending_pods')!.type).toBe('gauge');
  });

  test('has the work queues of controllers under the names they have in Kubernetes', () => {
    const names = new Set(families.get('workqueue_adds')!.samples.map(({ labels }) => labels.name));
    for (const name of ['deployment', 'replicaset']) expect(names).toContain(name);
    const waited = 'workqueue_queue_duration_seconds';
    for (const name of ['deployment', 'replicaset'])
      expect(sum(waited, `${waited}_count`, { name })).toBeGreaterThan(0);
    expect(sum(waited, `${waited}_count`)).toBeLessThanOrEqual(sum('workqueue_adds', 'workqueue_adds_total'));
    expect(families.has('workqueue_depth')).toBe(true);
  });

  test('keeps any name apart from its own signs', () => {
    const hostile = 'a"b\\c\nd{e="f"} 1 2';
    const synthetic = syntheticResult(20);
    const requests = [{ name: hostile, values: synthetic.series.requests[0]!.values }];
    const read = readOpenMetrics(textOf({ ...synthetic, series: { ...synthetic.series, requests } }));
    expect(read.get('hubsim_client_requests')!.samples[0]!.labels).toEqual({ client: hostile });
  });

  test('is refused by its reader when it is broken', () => {
    const text = textOf(syntheticResult(20));
    expect(() => readOpenMetrics(text.replace('# EOF\n', ''))).toThrow('# EOF');
    expect(() => readOpenMetrics(text.replace(/^(workqueue_adds)_total/m, '$1'))).toThrow('is no counter');
    expect(() => readOpenMetrics(text.replace('le="0.025"', 'le="0.001"'))).toThrow('ascend');
  });
});

test('what is about many objects has another scope', () => {
  const about = (verb: 'list' | 'create', namespace: string, name: string): number =>
    scopeOf({ verb, namespace, name });
  const latencies: ScopedLatencies = [];
  const latencyOf = (latency: Histogram | undefined, count: number): Histogram => {
    const more = latency ?? new Histogram();
    more.recordMany(1e9, count);
    return more;
  };
  for (const [scope, count] of [
    [about('create', 'shop', ''), 1],
    [about('list', '', 'node-0001'), 1],
    [about('list', 'shop', ''), 2],
    [about('list', '', ''), 3],
  ] as const)
    latencies[scope] = latencyOf(latencies[scope], count);
  const key = { client: 'c', verb: 'list', resource: 'pods', subresource: '', code: 200, priorityLevel: '' };
  const rows = requestDurations([{ key, kind: { group: '', version: 'v1' }, latencies }]);
  expect(rows.map(({ scope, durations }) => [scope, durations.count])).toEqual([
    ['cluster', 3],
    ['namespace', 2],
    ['resource', 2],
  ]);
});

test('a histogram counts what is up to a bound', () => {
  const histogram = new Histogram();
  for (const value of [0, 1, 5, 10, 1000]) histogram.record(value);
  expect(bucketCounts(histogram, [0.5, 2, 7, 500, 1000, 2000], 1).upTo).toEqual([1, 2, 3, 4, 5, 5]);
  expect(exponentialBounds(10e-9, 10, 10).at(-1)).toBe(10);
  expect(exponentialBounds(0.001, 2, 15).at(-1)).toBe(16.384);
});
