import type { Call } from '../api/call.js';
import { EVENT, type Kind, NODE, POD } from '../api/kind.js';
import type { WatchEvent } from '../api/watch.js';
import type { LevelMeter } from '../hub/flow-control/level-meter.js';
import { Histogram } from '../stats/histogram.js';
import type { AuditLog } from './audit-log.js';
import { CauseLog } from './cause-log.js';
import { durationQuantiles } from './duration-quantiles.js';
import type { EventLog } from './event-log.js';
import { LiveCounts } from './live-counts.js';
import { LoadLog } from './load-log.js';
import { NodeLog } from './node-log.js';
import { PodLog } from './pod-log.js';
import { QueueLog } from './queue-log.js';
import { ReceiverLog } from './receiver-log.js';
import { RequestLog } from './request-log.js';
import type { Mark, RunSeries } from './run-result.js';
import { SchedulerLog } from './scheduler-log.js';
import { type Gauges, SeriesLog, type Totals } from './series-log.js';
import { WatchLog } from './watch-log.js';
import { WorkloadLog } from './workload-log.js';

/** For what is measured without a whole cluster. */
const NO_GAUGES: Gauges = { tellBusy: () => undefined, queues: () => [], apiServers: [] };

/**
 * All probes of a run: it hears of everything that happens and touches nothing. Pods and workloads are followed from
 * the start, rates and latencies from time zero on.
 */
export class Measurements implements Totals {
  readonly pods: PodLog;
  readonly nodes: NodeLog;
  /** Of the moment. */
  readonly live: LiveCounts;
  readonly workloads: WorkloadLog;
  readonly causes: CauseLog;
  requests: RequestLog;
  watch: WatchLog;
  commits: Histogram;
  /** Versions written to etcd. */
  puts: number;
  /** The priority levels of flow control, as they add up. */
  levels: readonly LevelMeter[];
  fsyncs: Histogram;
  /** Of etcd's database. */
  databaseCommits: Histogram;
  /** Watches that were closed because they could not keep up (apiserver_terminated_watchers_total). */
  terminatedWatches: number;
  /** Bytes of changes that went to watchers. */
  watchBytes: number;
  /** Every watch of every program, in order of their beginnings. */
  readonly receivers: ReceiverLog[];
  /** What the user asked for and did not get: a sentence each. */
  readonly refusals: string[];
  readonly load: LoadLog;
  readonly scheduler: SchedulerLog;
  /** Every request, and every Event, where somebody wants them. */
  auditLog: AuditLog | undefined;
  eventLog: EventLog | undefined;
  /** Whether it is measured how busy everything was over time, for charts and pages. */
  sampled: boolean;
  private readonly queueLogs: Map<string, QueueLog>;
  timeZeroNs: number;
  /** What was done to the cluster from time zero on, in order. */
  readonly marks: Mark[];
  private begun: boolean;
  private seriesLog: SeriesLog | undefined;

  constructor(kinds: readonly Kind[]) {
    this.pods = new PodLog((kindId, name) => `${kinds[kindId]?.name ?? 'Unknown'}/${name}`);
    this.nodes = new NodeLog();
    this.live = new LiveCounts();
    this.workloads = new WorkloadLog();
    this.causes = new CauseLog();
    this.requests = new RequestLog(0);
    this.watch = new WatchLog(0);
    this.commits = new Histogram();
    this.puts = 0;
    this.levels = [];
    this.fsyncs = new Histogram();
    this.databaseCommits = new Histogram();
    this.terminatedWatches = 0;
    this.watchBytes = 0;
    this.receivers = [];
    this.refusals = [];
    this.load = new LoadLog();
    this.scheduler = new SchedulerLog();
    this.auditLog = undefined;
    this.eventLog = undefined;
    this.sampled = true;
    this.queueLogs = new Map();
    this.timeZeroNs = 0;
    this.marks = [];
    this.begun = false;
    this.seriesLog = undefined;
  }

  /** Time zero: what is measured from here on counts, and `levels` begin anew as well. */
  begin(nowNs: number, gauges: Gauges = NO_GAUGES, levels: readonly LevelMeter[] = []): void {
    this.timeZeroNs = nowNs;
    if (this.sampled) this.seriesLog = new SeriesLog(nowNs, gauges, this);
    this.levels = levels;
    this.requests = new RequestLog(nowNs);
    this.watch = new WatchLog(nowNs);
    this.commits = new Histogram();
    this.puts = 0;
    this.fsyncs = new Histogram();
    this.databaseCommits = new Histogram();
    this.watchBytes = 0;
    for (const receiver of this.receivers) receiver.begin(nowNs);
    this.workloads.begin(nowNs);
    this.scheduler.begin();
    for (const log of this.queueLogs.values()) log.begin();
    this.begun = true;
  }

  /** The end: closes what is still open, and gives what was measured over time. */
  end(nowNs: number): RunSeries {
    this.requests.close(nowNs);
    this.watch.close(nowNs);
    const { requests, commits } = this;
    const durations = [
      ...durationQuantiles('reads', requests.readLatency),
      ...durationQuantiles('writes', requests.mutatingLatency),
      ...durationQuantiles('etcd commits', commits),
      ...durationQuantiles('watch events', this.watchLag),
    ];
    const workQueues = [...this.queueLogs].map(([name, log]) => log.figures(name)).sort(byName);
    const requestDurations = requests.durations();
    const scheduler = this.scheduler.figures();
    return {
      ...(this.seriesLog ?? new SeriesLog(nowNs, NO_GAUGES, this)).close(nowNs),
      durations,
      requestDurations,
      workQueues,
      scheduler,
    };
  }

  /** Of all deliveries, how long after their commits. */
  get watchLag(): Histogram {
    const lag = new Histogram();
    for (const receiver of this.receivers) lag.merge(receiver.lag);
    return lag;
  }

  /** Queues of one name count as one. */
  queueMeter(name: string): QueueLog {
    const log = this.queueLogs.get(name) ?? new QueueLog();
    this.queueLogs.set(name, log);
    return log;
  }

  committed(event: WatchEvent): void {
    const { kind } = event.object;
    this.live.committed(event);
    if (kind === POD) this.pods.committed(event);
    else if (kind === NODE) this.nodes.committed(event);
    this.workloads.committed(event);
    if (!this.begun) return;
    if (event.type !== 'DELETED') this.puts++;
    this.causes.committed(event);
    if (this.eventLog !== undefined && kind === EVENT) this.eventLog.committed(event);
  }

  answered(call: Call, nowNs: number): void {
    if (!this.begun) return;
    this.seriesLog?.answered(nowNs - call.arrivedNs, nowNs);
    this.requests.answered(call, nowNs);
    this.auditLog?.answered(call, nowNs);
  }

  etcdCommitted(latencyNs: number, nowNs: number): void {
    if (!this.begun) return;
    this.commits.record(latencyNs);
    this.seriesLog?.committed(latencyNs, nowNs);
  }

  etcdSynced(fsyncNs: number): void {
    if (this.begun) this.fsyncs.record(fsyncNs);
  }

  databaseWritten(latencyNs: number): void {
    if (this.begun) this.databaseCommits.record(latencyNs);
  }

  fannedOut(bytes: number, watchers: number): void {
    if (this.begun) this.watchBytes += bytes * watchers;
  }

  watchTerminated(): void {
    if (this.begun) this.terminatedWatches++;
  }

  receiver(program: string, kind: Kind, cache: boolean): ReceiverLog {
    const sinceNs = this.begun ? this.timeZeroNs : Number.POSITIVE_INFINITY;
    const log = new ReceiverLog(program, kind, cache, this, sinceNs);
    this.receivers.push(log);
    return log;
  }

  /** A receiver gets something new. */
  watchDelivered(event: WatchEvent, nowNs: number): void {
    this.watch.delivered(event.committedNs, nowNs);
    this.seriesLog?.delivered(nowNs - event.committedNs, nowNs);
  }

  tellAnswered(take: (client: string, total: number) => void): void {
    for (const [client, { count }] of this.requests.limiterWait) take(client, count);
  }

  /** Who keeps nothing counts as one. */
  tellHeard(take: (receiver: string, total: number) => void): void {
    for (const { cache, program, events } of this.receivers) take(cache ? program : 'watchers', events);
  }

  loadAnswered(call: Call, nowNs: number): void {
    if (this.begun) this.load.answered(call, nowNs);
  }

  heard(event: WatchEvent, nowNs: number): void {
    if (this.begun && event.type === 'ADDED') this.load.heard(event, nowNs);
  }

  containersStarted(podId: number, nowNs: number): void {
    this.pods.containersStarted(podId, nowNs);
  }

  complained(complaint: string): void {
    this.refusals.push(complaint);
  }

  refused(call: Call): void {
    const name = call.namespace === '' ? call.name : `${call.namespace}/${call.name}`;
    const why = call.message === '' ? '' : `: ${call.message}`;
    this.refusals.push(`${call.verb} ${call.kind.resource} ${name}: ${call.code} ${call.reason}${why}`);
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
