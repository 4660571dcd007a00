import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import { GATES_AWAITED, GATES_OPEN, LIVE } from './pod-rows.js';
import type { PodTable } from './pod-table.js';
import type { StatusManager } from './status-manager.js';

/**
 * Readiness gates (status/generate.go GeneratePodReadyCondition): a pod is ready when its containers are and somebody outside
 * has said yes. Who that is, no manifest says; how long he takes, from the containers being ready for the first time, an
 * annotation does.
 */
export class ReadinessGates {
  private readonly engine: Engine;
  private readonly stream: Stream;
  private readonly table: PodTable;
  private readonly statuses: StatusManager;
  private readonly openKind: EventKind;

  constructor(engine: Engine, stream: Stream, table: PodTable, statuses: StatusManager) {
    this.engine = engine;
    this.stream = stream;
    this.table = table;
    this.statuses = statuses;
    this.openKind = engine.register('kubelet: readiness gates open', (podId) => this.open(podId), 'timer');
  }

  /** The status of a pod may have changed. */
  look(row: number): void {
    const { gated, gatesAfter } = this.table.planOf(row);
    if (!gated || gatesAfter === undefined || this.table.pods.is(row, GATES_AWAITED)) return;
    if (!this.statuses.containersReady(row)) return;
    this.table.pods.set(row, GATES_AWAITED, true);
    this.engine.scheduleAs(false, gatesAfter.sample(this.stream), this.openKind, this.table.pods.podId[row]!);
  }

  private open(podId: number): void {
    const { pods } = this.table;
    const row = pods.rowOf(podId);
    if (row < 0 || pods.stage[row] !== LIVE) return;
    pods.set(row, GATES_OPEN, true);
    this.statuses.update(row);
  }
}
