import type { Call } from '../api/call.js';
import { type Kind, NODE, POD } from '../api/kind.js';
import type { WatchEvent } from '../api/watch.js';
import { Histogram } from '../stats/histogram.js';
import { CauseLog } from './cause-log.js';
import { LoadLog } from './load-log.js';
import { NodeLog } from './node-log.js';
import { PodLog } from './pod-log.js';
import { RequestLog } from './request-log.js';
import { WatchLog } from './watch-log.js';
import { WorkloadLog } from './workload-log.js';

/**
 * All probes of a run: it hears of everything that happens and touches nothing. Pods and workloads are followed from
 * the start, rates and latencies from time zero on.
 */
export class Measurements {
  readonly pods: PodLog;
  readonly nodes: NodeLog;
  readonly workloads: WorkloadLog;
  readonly causes: CauseLog;
  requests: RequestLog;
  watch: WatchLog;
  commits: Histogram;
  /** What the user asked for and did not get: a sentence each. */
  readonly refusals: string[];
  readonly load: LoadLog;
  timeZeroNs: number;
  private begun: boolean;

  constructor(kinds: readonly Kind[]) {
    this.pods = new PodLog((kindId, name) => `${kinds[kindId]?.name ?? 'Unknown'}/${name}`);
    this.nodes = new NodeLog();
    this.workloads = new WorkloadLog();
    this.causes = new CauseLog();
    this.requests = new RequestLog(0);
    this.watch = new WatchLog(0);
    this.commits = new Histogram();
    this.refusals = [];
    this.load = new LoadLog();
    this.timeZeroNs = 0;
    this.begun = false;
  }

  /** Time zero: what is measured from here on counts. */
  begin(nowNs: number): void {
    this.timeZeroNs = nowNs;
    this.requests = new RequestLog(nowNs);
    this.watch = new WatchLog(nowNs);
    this.commits = new Histogram();
    this.workloads.begin(nowNs);
    this.begun = true;
  }

  /** The end: closes what is still open. */
  end(nowNs: number): void {
    this.requests.close(nowNs);
    this.watch.close(nowNs);
  }

  committed(event: WatchEvent): void {
    const { kind } = event.object;
    if (kind === POD) this.pods.committed(event);
    else if (kind === NODE) this.nodes.committed(event);
    this.workloads.committed(event);
    if (this.begun) this.causes.committed(event);
  }

  answered(call: Call, nowNs: number): void {
    if (this.begun) this.requests.answered(call, nowNs);
  }

  etcdCommitted(latencyNs: number): void {
    if (this.begun) this.commits.record(latencyNs);
  }

  watchDelivered(event: WatchEvent, nowNs: number): void {
    if (this.begun) this.watch.delivered(event.committedNs, nowNs);
  }

  loadAnswered(call: Call, nowNs: number): void {
    if (this.begun) this.load.answered(call, nowNs);
  }

  heard(event: WatchEvent, nowNs: number): void {
    if (!this.begun) return;
    this.watch.delivered(event.committedNs, nowNs);
    if (event.type === 'ADDED') this.load.heard(event, nowNs);
  }

  containersStarted(podId: number, nowNs: number): void {
    this.pods.containersStarted(podId, nowNs);
  }

  complained(complaint: string): void {
    this.refusals.push(complaint);
  }

  refused(call: Call): void {
    const name = call.namespace === '' ? call.name : `${call.namespace}/${call.name}`;
    this.refusals.push(`${call.verb} ${call.kind.resource} ${name}: ${call.code} ${call.reason}`);
  }
}
