import type { Histogram } from '../stats/histogram.js';
import { percentiles } from '../stats/percentiles.js';
import type { Measurements } from './measurements.js';
import type { RequestLog } from './request-log.js';
import type { Times } from './run-result.js';
import { summarizeWorkloads } from './summarize-workloads.js';
import {
  type ClientSummary,
  type EndSummary,
  type HubSummary,
  type MeshSummary,
  type Milestones,
  type OrderSummary,
  type OwnObject,
  type PodSummary,
  type RequestSummary,
  type Spread,
  SUMMARY_SCHEMA,
  type Summary,
} from './summary.js';

/** What only the runner knows of a run. */
export interface RunFacts {
  readonly name: string;
  readonly seed: number;
  readonly fingerprint: string;
  readonly end: EndSummary;
  /** From the last timeline step to convergence, ns; -1 if it never came. */
  readonly convergenceNs: number;
  readonly endNs: number;
  /** Pods at the end that no node fits. */
  readonly unschedulable: number;
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly objects: readonly OwnObject[] | undefined;
  readonly orders: readonly OrderSummary[] | undefined;
  readonly mesh: MeshSummary | undefined;
}

/** Turns what was measured into `summary.json`, expectations apart. */
export function summarize(measured: Measurements, facts: RunFacts): Summary {
  const { timeZeroNs } = measured;
  return {
    schema: SUMMARY_SCHEMA,
    name: facts.name,
    seed: facts.seed,
    fingerprint: facts.fingerprint,
    end: facts.end,
    convergence: {
      seconds: facts.convergenceNs < 0 ? null : facts.convergenceNs / 1e9,
      workloads: summarizeWorkloads(measured.workloads, timeZeroNs),
    },
    pods: summarizePods(measured, facts.unschedulable),
    nodes: {
      unknownAt: milestones(since(measured.nodes.unknownNs, timeZeroNs)),
      noExecuteAt: milestones(since(measured.nodes.noExecuteNs, timeZeroNs)),
    },
    cpu: facts.cpuSeconds,
    hub: summarizeHub(measured, facts.endNs),
    etcd: { puts: measured.commits.count, commitLatency: spread(measured.commits) },
    ...(facts.objects === undefined ? {} : { objects: facts.objects }),
    ...(facts.orders === undefined ? {} : { orders: facts.orders }),
    ...(facts.mesh === undefined ? {} : { mesh: facts.mesh }),
    expectations: [],
  };
}

function summarizePods(measured: Measurements, unschedulable: number): PodSummary {
  const { pods, timeZeroNs } = measured;
  const { count } = pods;
  const created = since(pods.createdNs.subarray(0, count), timeZeroNs);
  const bound = since(pods.boundNs.subarray(0, count), timeZeroNs);
  const running = since(pods.runningNs.subarray(0, count), timeZeroNs);
  const terminating = since(pods.deletedNs.subarray(0, count), timeZeroNs);
  let pending = 0;
  for (let id = 0; id < count; id++) if (pods.boundNs[id]! < 0 && pods.goneNs[id]! < 0) pending++;
  return {
    created: created.length,
    bound: bound.length,
    running: running.length,
    deleted: terminating.length,
    pending,
    unschedulable,
    createdToBound: durations(pods.createdNs, pods.boundNs, count, timeZeroNs),
    boundToRunning: durations(pods.boundNs, pods.runningNs, count, timeZeroNs),
    createdToRunning: durations(pods.createdNs, pods.runningNs, count, timeZeroNs),
    createdAt: milestones(created),
    boundAt: milestones(bound),
    runningAt: milestones(running),
    finishedAt: milestones(since(pods.finishedNs.subarray(0, count), timeZeroNs)),
    terminatingAt: milestones(terminating),
    goneAt: milestones(since(pods.goneNs.subarray(0, count), timeZeroNs)),
  };
}

function summarizeHub({ requests, watch, load }: Measurements, endNs: number): HubSummary {
  return {
    requests: requests.rate.count,
    rate: { mean: requests.rate.mean(endNs), peak: requests.rate.peak },
    rejected: requests.rejected,
    latency: { read: spread(requests.readLatency), mutating: spread(requests.mutatingLatency) },
    watchEvents: watch.rate.count,
    watchRate: { mean: watch.rate.mean(endNs), peak: watch.rate.peak },
    watchLag: spread(watch.lag),
    load: { rate: load.rate, latency: spread(load.latency), answerToWatch: exactSpread(load.answerToWatch) },
    byRequest: byRequest(requests),
    byClient: byClient(requests),
  };
}

function byRequest(requests: RequestLog): RequestSummary[] {
  const rows = requests.keys.map((key, index): RequestSummary => {
    const latency = requests.latencyOf(index);
    return { ...key, count: latency.count, latency: spread(latency) };
  });
  return rows.sort(
    (a, b) =>
      compare(a.client, b.client) ||
      compare(a.resource, b.resource) ||
      compare(a.subresource, b.subresource) ||
      compare(a.verb, b.verb) ||
      a.code - b.code,
  );
}

function byClient(requests: RequestLog): ClientSummary[] {
  const rows = [...requests.limiterWait].map(([client, waits]): ClientSummary => {
    return { client, requests: waits.count, limiterWait: spread(waits) };
  });
  return rows.sort((a, b) => compare(a.client, b.client));
}

/** By code unit, as every machine orders it. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Moments from time zero on, in seconds after it. */
function since(timesNs: Times, timeZeroNs: number): number[] {
  const seconds: number[] = [];
  for (const timeNs of timesNs) if (timeNs >= timeZeroNs) seconds.push((timeNs - timeZeroNs) / 1e9);
  return seconds;
}

/** From one state to another, for those that reached the second from time zero on. */
function durations(fromNs: Float64Array, toNs: Float64Array, count: number, timeZeroNs: number): Spread {
  const seconds: number[] = [];
  for (let id = 0; id < count; id++) {
    if (toNs[id]! >= timeZeroNs && fromNs[id]! >= 0) seconds.push((toNs[id]! - fromNs[id]!) / 1e9);
  }
  return exactSpread(seconds);
}

function exactSpread(seconds: readonly number[]): Spread {
  if (seconds.length === 0) return { p50: null, p90: null, p99: null, max: null };
  const [p50, p90, p99, max] = percentiles(seconds, [50, 90, 99, 100]);
  return { p50: p50!, p90: p90!, p99: p99!, max: max! };
}

function milestones(seconds: readonly number[]): Milestones {
  if (seconds.length === 0) return { p1: null, p10: null, p50: null, p90: null, p99: null, p100: null };
  const [p1, p10, p50, p90, p99, p100] = percentiles(seconds, [1, 10, 50, 90, 99, 100]);
  return { p1: p1!, p10: p10!, p50: p50!, p90: p90!, p99: p99!, p100: p100! };
}

/** Percentiles of a histogram of nanoseconds, in seconds. */
function spread(histogram: Histogram): Spread {
  if (histogram.count === 0) return { p50: null, p90: null, p99: null, max: null };
  return {
    p50: histogram.percentile(50) / 1e9,
    p90: histogram.percentile(90) / 1e9,
    p99: histogram.percentile(99) / 1e9,
    max: histogram.max / 1e9,
  };
}
