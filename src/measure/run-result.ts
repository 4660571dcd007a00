import type { AuditLog } from './audit-log.js';
import type { BucketCounts } from './bucket-counts.js';
import type { CriticalPath } from './critical-path.js';
import type { DurationSeries, HeatSeries } from './duration-grid.js';
import type { DurationQuantiles } from './duration-quantiles.js';
import type { EventLog } from './event-log.js';
import type { QueueFigures } from './queue-log.js';
import type { ScheduleLog } from './schedule-log.js';
import type { SchedulerFigures } from './scheduler-log.js';
import type { Summary } from './summary.js';

/** Everything a run leaves behind, as the writers of `src/report` need it. The same scenario and seed give the same. */
export interface RunResult {
  readonly summary: Summary;
  readonly question: string;
  /** Engine time of the scenario's time zero; the times of the rows and buckets below are engine times. */
  readonly timeZeroNs: number;
  /** Engine time of the end. */
  readonly endNs: number;
  readonly pods: PodRows;
  readonly requests: RequestSeries;
  readonly watch: WatchSeries;
  readonly series: RunSeries;
  /** What was done to the cluster from time zero on, in order. */
  readonly marks: readonly Mark[];
  /** How nodes were, whenever that changed. */
  readonly nodeStates: readonly NodeChange[];
  /** Where the time to convergence went, where causes were recorded to the end and something happened. */
  readonly criticalPath?: CriticalPath;
  /** What the scheduler did about each pod, where it was recorded. */
  readonly scheduling?: Pick<ScheduleLog, 'entries' | 'dropped'>;
  /** Every request, and every Event, where they were recorded. */
  readonly auditLog?: AuditLog;
  readonly eventLog?: EventLog;
}

/**
 * One row a pod that ever existed, in order of creation, as columns: a million rows stay cheap. Row `i` is valid for
 * `i < count`; the arrays may be longer. Times in engine nanoseconds, -1 means never.
 */
export interface PodRows {
  readonly count: number;
  readonly namespace: readonly string[];
  readonly name: readonly string[];
  /** `ReplicaSet/web-5d4f8`; `''` without a controller. */
  readonly owner: readonly string[];
  /** `''` when never bound. */
  readonly node: readonly string[];
  /** The store accepted it. */
  readonly createdNs: Times;
  readonly boundNs: Times;
  /** The kubelet took it (`status.startTime`). */
  readonly startedNs: Times;
  /** The store knows it as Running. */
  readonly runningNs: Times;
  /** The store knows it as Succeeded or Failed; not known of a result that is read again. */
  readonly finishedNs?: Times;
  /** Its deletion was accepted (`deletionTimestamp` set). */
  readonly deletedNs: Times;
  /** It left the store. */
  readonly goneNs: Times;
}

export type Times = Float64Array | readonly number[];

/** Answered requests by time bucket and sort, from time zero on: parallel columns sorted by bucket, then key. */
export interface RequestSeries {
  readonly bucketNs: number;
  readonly keys: readonly RequestKey[];
  /** Bucket `b` covers `[timeZeroNs + b·bucketNs, timeZeroNs + (b + 1)·bucketNs)`. */
  readonly bucket: readonly number[];
  /** Index into `keys`. */
  readonly key: readonly number[];
  readonly count: readonly number[];
}

export interface RequestKey {
  readonly client: string;
  readonly verb: string;
  readonly resource: string;
  readonly subresource: string;
  readonly code: number;
  /** That flow control counted it to. */
  readonly priorityLevel: string;
}

/** Deliveries to watchers by time bucket (index), from time zero on; lags in seconds, 0 where nothing was delivered. */
export interface WatchSeries {
  readonly bucketNs: number;
  readonly events: readonly number[];
  readonly lagP50: readonly number[];
  readonly lagP99: readonly number[];
  readonly lagMax: readonly number[];
}

/** How busy everything was over time: sample `i` covers `intervalNs` from `timeZeroNs + i·intervalNs` on. */
export interface RunSeries {
  readonly intervalNs: number;
  readonly samples: number;
  /** Answered, by client; leaves out who never asked. */
  readonly requests: readonly NamedSeries[];
  /** Delivered, by program. */
  readonly watchEvents: readonly NamedSeries[];
  /** Of answers, as the server sees it. */
  readonly latency: DurationSeries;
  readonly watchLag: DurationSeries;
  readonly watchLagHeat: HeatSeries;
  /** Of etcd's commits. */
  readonly commit: DurationSeries;
  /** Requests waiting for a seat at the end of the sample, by priority level. */
  readonly waiting: readonly NamedSeries[];
  /** Seats in use, likewise. */
  readonly seats: readonly NamedSeries[];
  /** Objects waiting for a worker at the end of the sample, by work queue; pods waiting for their turn, by scheduler. */
  readonly queues: readonly NamedSeries[];
  /** Processor seconds spent in the sample, by program. */
  readonly busySeconds: readonly NamedSeries[];
  /** Of the whole run: reads, writes, etcd's commits, and watch events from commit to cache. */
  readonly durations: readonly DurationQuantiles[];
  /** Of the whole run, by sort of request. */
  readonly requestDurations: readonly RequestDurations[];
  readonly workQueues: readonly QueueFigures[];
  readonly scheduler: SchedulerFigures;
}

/** What a request is about: one object, those of a namespace, or those of the cluster. */
export type RequestScope = 'resource' | 'namespace' | 'cluster';

/** How long the requests of one sort took, as the API server sees it; labels and bounds are those of its own metric. */
export interface RequestDurations {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly scope: RequestScope;
  /** `POST`, `LIST`. */
  readonly verb: string;
  readonly codes: readonly { readonly code: number; readonly count: number }[];
  readonly durations: BucketCounts;
}

export interface NamedSeries {
  readonly name: string;
  readonly values: readonly number[];
}

/** A step of the timeline as it was done. Engine times. */
export interface Mark {
  readonly atNs: number;
  /** When a fault passes; -1: it does not, or it is no fault. */
  readonly endNs: number;
  readonly text: string;
  readonly fault: boolean;
}

/** A node is so from now on. Engine times. */
export interface NodeChange {
  readonly atNs: number;
  readonly node: string;
  readonly state: 'ready' | 'cordoned' | 'not ready' | 'unknown' | 'gone';
}
