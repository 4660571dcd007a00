import type { Summary } from './summary.js';

/** What stands at a place of `summary.json`: keys and what stands there, or `null` for values, lists and tables by name. */
export type Shape = null | { readonly [key: string]: Shape };

type ShapeOf<T> = T extends string | number | boolean | null | undefined | readonly unknown[]
  ? null
  : string extends keyof T
    ? null
    : { readonly [Key in keyof T]-?: ShapeOf<NonNullable<T[Key]>> };

const spread = { p50: null, p90: null, p99: null, max: null };
const spreadAndMean = { ...spread, mean: null };
const milestones = { p1: null, p10: null, p50: null, p90: null, p99: null, p100: null };
const rate = { mean: null, peak: null };
const databaseBytes = { end: null, max: null };

/** All keys of `summary.json`, so that a figure which there never is can be refused before the run. */
export const SUMMARY_SHAPE: ShapeOf<Summary> = {
  schema: null,
  name: null,
  seed: null,
  fingerprint: null,
  end: { reason: null, virtualSeconds: null, events: null, findings: null },
  convergence: { seconds: null, workloads: null },
  pods: {
    created: null,
    bound: null,
    running: null,
    deleted: null,
    pending: null,
    unschedulable: null,
    createdToBound: spread,
    boundToRunning: spread,
    createdToRunning: spread,
    createdAt: milestones,
    boundAt: milestones,
    runningAt: milestones,
    finishedAt: milestones,
    terminatingAt: milestones,
    goneAt: milestones,
  },
  nodes: { unknownAt: milestones, noExecuteAt: milestones },
  cpu: null,
  hosts: null,
  hub: {
    requests: null,
    rate,
    rejected: null,
    latency: { read: spread, mutating: spread },
    watchEvents: null,
    watchRate: rate,
    watchLag: spread,
    load: { rate: null, latency: spread, answerToWatch: spread },
    byRequest: null,
    byClient: null,
    byPriorityLevel: null,
    relists: null,
    terminatedWatches: null,
    bytesSent: { answers: null, watches: null },
    watchers: null,
  },
  etcd: {
    puts: null,
    commitLatency: spread,
    fsyncs: null,
    fsyncLatency: spreadAndMean,
    databaseCommits: null,
    databaseCommitLatency: spreadAndMean,
    leaderChanges: null,
    databaseBytes,
    eventsDatabaseBytes: databaseBytes,
  },
  objects: null,
  orders: null,
  mesh: { programs: null, links: null, messages: null, lost: null, disagreements: null },
  expectations: null,
};
