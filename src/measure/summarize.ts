import { newColumn } from '../api/columns.js';
import { percentilesOfSorted } from '../stats/percentiles.js';
import type { Measurements } from './measurements.js';
import type { PodColumns } from './pod-log.js';
import type { Times } from './run-result.js';
import { exactSpread, spread, spreadAndMean } from './spread.js';
import { summarizeHub } from './summarize-hub.js';
import { summarizeWorkloads } from './summarize-workloads.js';
import {
  type EndSummary,
  type EtcdSummary,
  type HostSummary,
  type MeshSummary,
  type Milestones,
  type OrderSummary,
  type OwnObject,
  type PodSummary,
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
  readonly hosts: readonly HostSummary[];
  readonly objects: readonly OwnObject[] | undefined;
  readonly orders: readonly OrderSummary[] | undefined;
  readonly mesh: MeshSummary | undefined;
  readonly etcd: EtcdFacts;
}

/** What etcd itself knows at the end. */
export type EtcdFacts = Pick<EtcdSummary, 'leaderChanges' | 'databaseBytes' | 'eventsDatabaseBytes'>;

/** Turns what was measured into `summary.json`, expectations apart. */
export function summarize(measured: Measurements, pods: PodColumns, facts: RunFacts): Summary {
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
    pods: summarizePods(pods, timeZeroNs, facts.unschedulable),
    nodes: {
      unknownAt: milestones(since(measured.nodes.unknownNs, timeZeroNs)),
      noExecuteAt: milestones(since(measured.nodes.noExecuteNs, timeZeroNs)),
    },
    cpu: facts.cpuSeconds,
    hosts: facts.hosts,
    hub: summarizeHub(measured, facts.endNs),
    etcd: { ...summarizeEtcd(measured), ...facts.etcd },
    ...(facts.objects === undefined ? {} : { objects: facts.objects }),
    ...(facts.orders === undefined ? {} : { orders: facts.orders }),
    ...(facts.mesh === undefined ? {} : { mesh: facts.mesh }),
    expectations: [],
  };
}

function summarizeEtcd({ puts, commits, fsyncs, databaseCommits }: Measurements): Omit<EtcdSummary, keyof EtcdFacts> {
  return {
    puts,
    commitLatency: spread(commits),
    fsyncs: fsyncs.count,
    fsyncLatency: spreadAndMean(fsyncs),
    databaseCommits: databaseCommits.count,
    databaseCommitLatency: spreadAndMean(databaseCommits),
  };
}

function summarizePods(pods: PodColumns, timeZeroNs: number, unschedulable: number): PodSummary {
  const { count } = pods;
  const created = since(pods.createdNs, timeZeroNs);
  const bound = since(pods.boundNs, timeZeroNs);
  const running = since(pods.runningNs, timeZeroNs);
  const terminating = since(pods.deletedNs, timeZeroNs);
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
    finishedAt: milestones(since(pods.finishedNs, timeZeroNs)),
    terminatingAt: milestones(terminating),
    goneAt: milestones(since(pods.goneNs, timeZeroNs)),
  };
}

/** Moments from time zero on, in seconds after it, ascending. */
function since(timesNs: Times, timeZeroNs: number): Float64Array {
  const seconds = newColumn(Float64Array, timesNs.length);
  let count = 0;
  for (let id = 0; id < timesNs.length; id++)
    if (timesNs[id]! >= timeZeroNs) seconds[count++] = (timesNs[id]! - timeZeroNs) / 1e9;
  return seconds.subarray(0, count).sort();
}

/** From one state to another, for those that reached the second from time zero on. */
function durations(fromNs: Float64Array, toNs: Float64Array, count: number, timeZeroNs: number): Spread {
  const seconds = newColumn(Float64Array, count);
  let reached = 0;
  for (let id = 0; id < count; id++)
    if (toNs[id]! >= timeZeroNs && fromNs[id]! >= 0) seconds[reached++] = (toNs[id]! - fromNs[id]!) / 1e9;
  return exactSpread(seconds.subarray(0, reached).sort());
}

function milestones(sorted: Float64Array): Milestones {
  if (sorted.length === 0) return { p1: null, p10: null, p50: null, p90: null, p99: null, p100: null };
  const [p1, p10, p50, p90, p99, p100] = percentilesOfSorted(sorted, [1, 10, 50, 90, 99, 100]);
  return { p1: p1!, p10: p10!, p50: p50!, p90: p90!, p99: p99!, p100: p100! };
}
