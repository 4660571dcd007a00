import { type Call, isMutating } from '../api/call.js';
import { Histogram } from '../stats/histogram.js';
import { Rate } from '../stats/rate.js';
import { type RequestSort, requestDurations, scopeOf } from './request-durations.js';
import { RequestRows } from './request-rows.js';
import type { RequestDurations, RequestKey, RequestSeries } from './run-result.js';

/** Width of the buckets of the request series, to begin with. */
const BUCKET_NS = 1e9;

/** Counts of one sort of request. */
interface KeyLog extends RequestSort {
  /** Of all requests of its client, and of its priority level. */
  readonly limiterWait: Histogram;
  readonly seatWait: Histogram;
  bytes: number;
  inBucket: number;
}

/** Every request the API server has answered since a moment: counts and latencies by sort, and per second. The series is there once it is closed. */
export class RequestLog implements RequestSeries {
  bucket: readonly number[];
  key: readonly number[];
  count: readonly number[];
  readonly rate: Rate;
  /** By client. */
  readonly limiterWait: Map<string, Histogram>;
  /** By priority level: from arrival to having seats, of those that got them. */
  readonly seatWait: Map<string, Histogram>;
  answerBytes: number;
  rejected: number;
  private readonly startNs: number;
  private readonly rows: RequestRows;
  private readonly logs: KeyLog[];
  /** By kind: the sorts there are of it, and the one that was asked for last. */
  private readonly sorts: KeyLog[][];
  private readonly lastSorts: (KeyLog | undefined)[];
  private currentBucket: number;

  constructor(startNs: number) {
    this.bucket = [];
    this.key = [];
    this.count = [];
    this.startNs = startNs;
    this.rate = new Rate(startNs);
    this.limiterWait = new Map();
    this.seatWait = new Map();
    this.answerBytes = 0;
    this.rejected = 0;
    this.rows = new RequestRows(BUCKET_NS);
    this.logs = [];
    this.sorts = [];
    this.lastSorts = [];
    this.currentBucket = 0;
  }

  get keys(): readonly RequestKey[] {
    return this.logs.map((log) => log.key);
  }

  get bucketNs(): number {
    return this.rows.bucketNs;
  }

  /** How long requests took, by what the API server's metrics tell apart. */
  durations(): RequestDurations[] {
    return requestDurations(this.logs);
  }

  /** Of all scopes together. */
  latencyOf(key: number): Histogram {
    return merged([this.logs[key]!]);
  }

  /** Of all that change nothing. */
  get readLatency(): Histogram {
    return merged(this.logs.filter(({ key }) => !isMutating(key.verb)));
  }

  get mutatingLatency(): Histogram {
    return merged(this.logs.filter(({ key }) => isMutating(key.verb)));
  }

  latencyAt(priorityLevel: string): Histogram {
    return merged(this.logs.filter(({ key }) => key.priorityLevel === priorityLevel));
  }

  /** Bytes of objects in the answers of a sort. */
  bytesOf(key: number): number {
    return this.logs[key]!.bytes;
  }

  answered(call: Call, nowNs: number): void {
    this.advance(nowNs);
    this.rate.add(nowNs);
    if (call.code === 429) this.rejected++;
    const latencyNs = nowNs - call.arrivedNs;
    const log = this.logOf(call);
    log.inBucket++;
    latencyIn(log, scopeOf(call)).record(latencyNs);
    const bytes = call.answerWireBytes;
    log.bytes += bytes;
    this.answerBytes += bytes;
    log.limiterWait.record(call.sentNs - call.issuedNs);
    if (call.seatedNs >= 0) log.seatWait.record(call.seatedNs - call.arrivedNs);
  }

  /** Ends the bucket under way, and with it the series; no answers may follow from before `nowNs`. */
  close(nowNs: number): void {
    this.advance(nowNs + this.bucketNs);
    ({ bucket: this.bucket, key: this.key, count: this.count } = this.rows.lists());
  }

  private advance(nowNs: number): void {
    const { rows } = this;
    const bucket = Math.floor((nowNs - this.startNs) / rows.bucketNs);
    if (bucket === this.currentBucket) return;
    // Not by a closure: it would need a context, which is made before it is known whether there is anything to do.
    for (const [index, log] of this.logs.entries()) {
      if (log.inBucket === 0) continue;
      rows.push(this.currentBucket, index, log.inBucket);
      log.inBucket = 0;
    }
    this.currentBucket = rows.widen(bucket) ? bucket / 2 : bucket;
  }

  /** The log of a call's sort: most calls are of the sort that the last call of their kind was of. */
  private logOf(call: Call): KeyLog {
    const { id } = call.kind;
    while (this.sorts.length <= id) {
      this.sorts.push([]);
      this.lastSorts.push(undefined);
    }
    const last = this.lastSorts[id];
    if (last !== undefined && isOf(last.key, call)) return last;
    const log = this.find(this.sorts[id]!, call);
    this.lastSorts[id] = log;
    return log;
  }

  private find(logs: KeyLog[], call: Call): KeyLog {
    for (let i = 0; i < logs.length; i++) if (isOf(logs[i]!.key, call)) return logs[i]!;
    const log = this.openLog(call);
    logs.push(log);
    return log;
  }

  /** Clients of one name share a log. */
  private openLog({ caller, verb, kind, subresource, code, priorityLevel }: Call): KeyLog {
    const key: RequestKey = { client: caller.name, verb, resource: kind.resource, subresource, code, priorityLevel };
    const known = this.logs.find((log) => sameKey(log.key, key));
    if (known !== undefined) return known;
    const log: KeyLog = {
      key,
      kind,
      latencies: [],
      limiterWait: histogramOf(this.limiterWait, caller.name),
      seatWait: histogramOf(this.seatWait, priorityLevel),
      bytes: 0,
      inBucket: 0,
    };
    this.logs.push(log);
    return log;
  }
}

/** What was recorded apart, together. */
function merged(logs: readonly KeyLog[]): Histogram {
  const latency = new Histogram();
  for (const { latencies } of logs) for (const part of latencies) if (part !== undefined) latency.merge(part);
  return latency;
}

function histogramOf(histograms: Map<string, Histogram>, name: string): Histogram {
  let histogram = histograms.get(name);
  if (histogram === undefined) {
    histogram = new Histogram();
    histograms.set(name, histogram);
  }
  return histogram;
}

function latencyIn({ latencies }: KeyLog, scope: number): Histogram {
  let latency = latencies[scope];
  if (latency === undefined) {
    latency = new Histogram();
    latencies[scope] = latency;
  }
  return latency;
}

function isOf(key: RequestKey, { verb, subresource, code, priorityLevel, caller }: Call): boolean {
  return (
    key.verb === verb &&
    key.subresource === subresource &&
    key.code === code &&
    key.priorityLevel === priorityLevel &&
    key.client === caller.name
  );
}

function sameKey(a: RequestKey, b: RequestKey): boolean {
  return (
    a.client === b.client &&
    a.verb === b.verb &&
    a.resource === b.resource &&
    a.subresource === b.subresource &&
    a.code === b.code &&
    a.priorityLevel === b.priorityLevel
  );
}
