import type { AnswerTaker, Call } from '../../api/call.js';
import type { Pod } from '../../api/pod.js';
import type { ApiClient } from '../../client/api-client.js';
import type { Informer } from '../../client/informer.js';
import type { Engine, EventKind } from '../../engine/index.js';
import type { NodeFleet } from './node-fleet.js';
import type { Pleg } from './pleg.js';
import { ENDED, RECONCILING, REPORT_AGAIN, REPORTING } from './pod-rows.js';
import { PodStatusReport } from './pod-status-report.js';
import type { PodTable } from './pod-table.js';
import { StatusFinder } from './status-finder.js';

/** Every so often API statuses are compared with what they should be (status_manager.go syncPeriod). */
const SYNC_PERIOD_NS = 10e9;

/**
 * Reports the statuses of pods, each when it has changed and one report of a pod at a time (status_manager.go); deletes
 * pods for good that were to go and have ended; puts right what others have written into a status.
 */
export class StatusManager implements AnswerTaker {
  private readonly engine: Engine;
  private readonly client: ApiClient;
  private readonly informer: Informer<Pod>;
  private readonly fleet: NodeFleet;
  private readonly table: PodTable;
  private readonly pleg: Pleg;
  private readonly statuses: StatusFinder;
  private readonly reconcileKind: EventKind;

  constructor(
    engine: Engine,
    client: ApiClient,
    informer: Informer<Pod>,
    fleet: NodeFleet,
    table: PodTable,
    pleg: Pleg,
  ) {
    this.engine = engine;
    this.client = client;
    this.informer = informer;
    this.fleet = fleet;
    this.table = table;
    this.pleg = pleg;
    this.statuses = new StatusFinder(table);
    this.reconcileKind = engine.register('kubelet: status reconciled', (id) => this.reconcile(id), 'timer');
  }

  /** The status of a pod may have changed. */
  update(row: number): void {
    const { pods } = this.table;
    const packed = this.statuses.packed(row);
    if (packed === pods.reported[row]) return;
    pods.reported[row] = packed;
    this.report(row);
  }

  /** Whether all containers of a pod are ready, as far as is known. */
  containersReady(row: number): boolean {
    return this.statuses.containersReady(row);
  }

  /** Reports the status as it is, whether or not it was reported before. */
  report(row: number): void {
    const { pods } = this.table;
    if (pods.is(row, REPORTING) || !this.fleet.isReachable(pods.node[row]!)) {
      pods.set(row, REPORT_AGAIN, true);
      return;
    }
    const pod = this.informer.cache.byId(pods.podId[row]!);
    if (pod === undefined) return;
    pods.set(row, REPORTING, true);
    pods.set(row, REPORT_AGAIN, false);
    pods.reported[row] = this.statuses.packed(row);
    const report = new PodStatusReport(this.statuses.whole(row), this.fleet.podStampNs(pod, this.engine.nowNs));
    const call = this.client.patch(pod, report, 'status', pods.node[row]!);
    call.tag = pod.id;
    call.answerTo = this;
  }

  /** A kubelet that was cut off, or has just started, tells what has happened since. */
  resume(row: number, pod: Pod): void {
    const { pods } = this.table;
    const due = pods.is(row, REPORTING) || pods.is(row, REPORT_AGAIN);
    pods.set(row, REPORTING, false);
    if (due || !this.agrees(row, pod)) this.report(row);
  }

  /** A pod whose status is that already was running before this kubelet was. */
  adopt(row: number, pod: Pod): void {
    this.table.pods.reported[row] = this.statuses.adopted(pod.status.restarts);
  }

  answered(call: Call): void {
    const { pods } = this.table;
    const row = pods.rowOf(call.tag);
    if (row < 0 || !pods.is(row, REPORTING)) return;
    pods.set(row, REPORTING, false);
    if (call.ok && call.object !== undefined) pods.acceptedRevision[row] = call.object.revision;
    if (pods.is(row, REPORT_AGAIN)) this.report(row);
    else if (call.ok && call.object !== undefined) this.deleteEnded(row, call.object as Pod);
  }

  /** The last thing a kubelet does with a pod that was to go (status_manager.go canBeDeleted). */
  private deleteEnded(row: number, pod: Pod): void {
    const { pods } = this.table;
    if (pods.stage[row] !== ENDED || !pod.metadata.deleting) return;
    this.client.delete(pod, { gracePeriodSeconds: 0, id: pod.id }, pods.node[row]!);
  }

  /** A pod's object is as its kubelet has just learnt: somebody may have changed its status. */
  observed(row: number, pod: Pod): void {
    const { pods } = this.table;
    if (pods.is(row, RECONCILING) || this.agrees(row, pod)) return;
    pods.set(row, RECONCILING, true);
    const delayNs = this.pleg.untilTickNs(pods.node[row]!, this.engine.nowNs, SYNC_PERIOD_NS);
    this.engine.schedule(delayNs, this.reconcileKind, pod.id);
  }

  private agrees(row: number, pod: Pod): boolean {
    const { status } = pod;
    const { pods } = this.table;
    // What was written before the last report was overwritten by it.
    if (pods.is(row, REPORTING) || pod.revision <= pods.acceptedRevision[row]!) return true;
    return this.statuses.agrees(pods.reported[row]!, status.phase, status.ready);
  }

  private reconcile(id: number): void {
    const { pods } = this.table;
    const row = pods.rowOf(id);
    const pod = this.informer.cache.byId(id);
    if (row < 0 || pod === undefined) return;
    pods.set(row, RECONCILING, false);
    if (!this.agrees(row, pod)) this.report(row);
  }
}
