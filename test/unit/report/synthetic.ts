import type { BucketCounts } from '../../../src/measure/bucket-counts.js';
import type { DurationSeries } from '../../../src/measure/duration-grid.js';
import { QUANTILES } from '../../../src/measure/duration-quantiles.js';
import { QUEUE_BOUNDS } from '../../../src/measure/queue-log.js';
import { REQUEST_BOUNDS } from '../../../src/measure/request-durations.js';
import type { RequestKey, RunResult, RunSeries } from '../../../src/measure/run-result.js';
import { ATTEMPT_BOUNDS, POD_ATTEMPTS_BOUNDS, POD_DURATION_BOUNDS } from '../../../src/measure/scheduler-log.js';
import { type Milestones, type Spread, SUMMARY_SCHEMA, type Summary } from '../../../src/measure/summary.js';

/** Time zero of the synthetic runs: rows from before it get negative times. */
export const ZERO_NS = 10e9;

const NO_SPREAD: Spread = { p50: null, p90: null, p99: null, max: null };

const NEVER: Milestones = { p1: null, p10: null, p50: null, p90: null, p99: null, p100: null };

function milestones(last: number): Milestones {
  return { p1: last * 0.01, p10: last * 0.1, p50: last * 0.5, p90: last * 0.9, p99: last * 0.99, p100: last };
}

/** A result as of a run that creates `count` pods at 20 a second. */
export function syntheticResult(count: number): RunResult {
  const createdNs = Float64Array.from({ length: count }, (_, row) => ZERO_NS + row * 50e6);
  const after = (delayNs: number): Float64Array => createdNs.map((timeNs) => timeNs + delayNs);
  const never = new Float64Array(count).fill(-1);
  const seconds = Math.ceil(count / 20);
  return {
    summary: syntheticSummary(count),
    question: 'How long?',
    timeZeroNs: ZERO_NS,
    endNs: ZERO_NS + count * 50e6,
    pods: {
      count,
      namespace: Array.from({ length: count }, () => 'default'),
      name: Array.from({ length: count }, (_, row) => `web-${row}`),
      owner: Array.from({ length: count }, () => 'ReplicaSet/web'),
      node: Array.from({ length: count }, (_, row) => `node-${String(row % 100).padStart(4, '0')}`),
      createdNs,
      boundNs: after(5e6),
      startedNs: after(6e6),
      runningNs: after(9e6),
      deletedNs: never,
      goneNs: never,
    },
    requests: requestSeries(seconds),
    series: series(seconds),
    marks: [
      { atNs: ZERO_NS, endNs: -1, text: 'apply deployment/web', fault: false },
      { atNs: ZERO_NS + 1e9, endNs: ZERO_NS + 2e9, text: 'node-crash: node-0007', fault: true },
    ],
    nodeStates: Array.from({ length: 100 }, (_, node) => ({
      atNs: 0,
      node: `node-${String(node).padStart(4, '0')}`,
      state: 'ready' as const,
    })),
    watch: {
      bucketNs: 1e9,
      events: Array.from({ length: seconds }, () => 280),
      lagP50: Array.from({ length: seconds }, (_, second) => 0.001 + (second % 7) * 1e-5),
      lagP99: Array.from({ length: seconds }, (_, second) => 0.004 + (second % 5) * 2e-4),
      lagMax: Array.from({ length: seconds }, (_, second) => 0.008 + (second % 11) * 1e-3),
    },
  };
}

function series(samples: number): RunSeries {
  const level = (value: number): number[] => Array.from({ length: samples }, (_, at) => value + (at % 3));
  const durations: DurationSeries = {
    count: level(280),
    p50: level(0.001),
    p90: level(0.002),
    p99: level(0.004),
    max: level(0.008),
  };
  return {
    intervalNs: 1e9,
    samples,
    requests: [{ name: 'replicaset-controller', values: level(20) }],
    watchEvents: [{ name: 'kube-scheduler', values: level(20) }],
    latency: durations,
    watchLag: durations,
    watchLagHeat: {
      samples: 1,
      edges: [0.001, 0.002, 0.004],
      counts: Array.from({ length: samples }, (_, at) => [200 + (at % 3), 80]),
    },
    commit: durations,
    waiting: [{ name: 'workload-low', values: level(0) }],
    seats: [{ name: 'workload-low', values: level(2) }],
    queues: [{ name: 'deployment', values: level(1) }],
    busySeconds: [{ name: 'etcd', values: level(0.1) }],
    requestDurations: [
      {
        group: '',
        version: 'v1',
        resource: 'pods',
        subresource: '',
        scope: 'resource',
        verb: 'POST',
        codes: [{ code: 201, count: 2 * samples }],
        durations: buckets(REQUEST_BOUNDS, 2 * samples),
      },
    ],
    workQueues: [
      {
        name: 'deployment',
        adds: samples,
        retries: 1,
        waited: buckets(QUEUE_BOUNDS, samples),
        worked: buckets(QUEUE_BOUNDS, samples),
      },
    ],
    scheduler: {
      attempts: [{ result: 'scheduled', profile: 'default-scheduler', durations: buckets(ATTEMPT_BOUNDS, samples) }],
      podAttempts: buckets(POD_ATTEMPTS_BOUNDS, samples),
      podDurations: buckets(POD_DURATION_BOUNDS, samples),
    },
    durations: ['reads', 'writes'].map((name, at) => ({
      name,
      count: 1000,
      seconds: QUANTILES.map((percent) => (0.001 + percent / 1e5) * (at + 1)),
    })),
  };
}

/** All in the last bucket. */
function buckets(bounds: readonly number[], count: number): BucketCounts {
  return { count, sum: count / 100, upTo: bounds.map((_, at) => (at < bounds.length - 1 ? 0 : count)) };
}

function requestSeries(seconds: number): RunResult['requests'] {
  const key = (client: string, verb: string, resource: string): RequestKey => ({
    client,
    verb,
    resource,
    subresource: '',
    code: 201,
    priorityLevel: 'workload-low',
  });
  const keys = [
    key('replicaset-controller', 'create', 'pods'),
    key('kubelet', 'patch', 'pods'),
    key('scheduler', 'create', 'pods'),
  ];
  const bucket = Array.from({ length: seconds * keys.length }, (_, row) => Math.floor(row / keys.length));
  return {
    bucketNs: 1e9,
    keys,
    bucket,
    key: bucket.map((_, row) => row % keys.length),
    count: bucket.map((second, row) => 20 + ((second * (row % keys.length)) % 5)),
  };
}

export function syntheticSummary(count: number): Summary {
  const last = count / 20;
  return {
    schema: SUMMARY_SCHEMA,
    name: 'synthetic',
    seed: 1,
    fingerprint: '0123456789abcdef',
    end: { reason: 'converged', virtualSeconds: last + 0.05, events: 1000 * count, findings: [] },
    convergence: {
      seconds: last + 0.02,
      workloads: [
        {
          kind: 'Deployment',
          namespace: 'default',
          name: 'web',
          desired: count,
          available: count,
          changes: [{ at: 0, convergedAt: last + 0.02, seconds: last + 0.02 }],
        },
      ],
    },
    pods: {
      created: count,
      bound: count,
      running: count,
      deleted: 0,
      pending: 0,
      unschedulable: 0,
      createdToBound: { p50: 0.005, p90: 0.005, p99: 0.005, max: 0.005 },
      boundToRunning: { p50: 0.004, p90: 0.004, p99: 0.004, max: 0.004 },
      createdToRunning: { p50: 0.009, p90: 0.009, p99: 0.009, max: 0.009 },
      createdAt: milestones(last),
      boundAt: milestones(last + 0.005),
      runningAt: milestones(last + 0.009),
      finishedAt: NEVER,
      terminatingAt: NEVER,
      goneAt: NEVER,
    },
    nodes: { unknownAt: NEVER, noExecuteAt: NEVER },
    hosts: [],
    cpu: { 'kube-apiserver': 1.23456789012345, etcd: 0.1 + 0.2 },
    hub: {
      requests: 3100,
      rate: { mean: 62, peak: 71 },
      rejected: 0,
      latency: { read: NO_SPREAD, mutating: { p50: 0.003, p90: 0.006, p99: 0.01, max: 0.02 } },
      watchEvents: 14000,
      watchRate: { mean: 280, peak: 280 },
      watchLag: { p50: 0.001, p90: 0.002, p99: 0.0048, max: 0.018 },
      load: { rate: null, latency: NO_SPREAD, answerToWatch: NO_SPREAD },
      byRequest: [],
      byClient: [
        {
          client: 'replicaset-controller',
          requests: 1019,
          rate: 20,
          limiterWait: { p50: 5, p90: 20, p99: 24, max: 25 },
        },
        { client: 'scheduler', requests: 1000, rate: 20, limiterWait: { p50: 0, p90: 0, p99: 0, max: 0 } },
      ],
      byPriorityLevel: [],
      terminatedWatches: 0,
      relists: 0,
      bytesSent: { answers: 0, watches: 0 },
      watchers: [],
    },
    etcd: {
      puts: 4000,
      commitLatency: { p50: 0.001, p90: 0.001, p99: 0.002, max: 0.003 },
      fsyncs: 3000,
      fsyncLatency: { p50: 0.0005, p90: 0.0005, p99: 0.001, max: 0.002, mean: 0.0005 },
      databaseCommits: 40,
      databaseCommitLatency: { p50: 0.001, p90: 0.002, p99: 0.003, max: 0.004, mean: 0.0012 },
      leaderChanges: 0,
      databaseBytes: { end: 8_000_000, max: 8_000_000 },
      eventsDatabaseBytes: null,
    },
    expectations: [{ expression: 'convergence.seconds < 60.0', value: true, pass: true }],
  };
}
