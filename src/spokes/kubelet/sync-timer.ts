import type { Engine, EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';
import { NO_EVENT } from './container-rows.js';
import type { PodEvents } from './pod-events.js';
import type { PodTable } from './pod-table.js';

/** A pod that waits for a backoff is looked at at least so often (kubelet.go SyncFrequency). */
const SYNC_FREQUENCY_NS = 60e9;
/** Such looks are late by up to this fraction (pod_workers.go workerBackOffPeriodJitterFactor). */
const SYNC_JITTER = 0.5;

/** Looks at pods again for which time alone makes a difference. */
export class SyncTimer {
  private readonly engine: Engine;
  private readonly jitter: Stream;
  private readonly table: PodTable;
  private readonly events: PodEvents;
  private readonly syncKind: EventKind;

  /** `sync` is told of each pod whose time has come. */
  constructor(engine: Engine, jitter: Stream, table: PodTable, events: PodEvents, sync: (row: number) => void) {
    this.engine = engine;
    this.jitter = jitter;
    this.table = table;
    this.events = events;
    this.syncKind = engine.register(
      'kubelet: pod sync',
      (row) => {
        table.pods.timer[row] = NO_EVENT;
        sync(row);
      },
      'timer',
    );
  }

  /** A sync has found that a pod has nothing to do before `againNs`, for a backoff lasts so long; Infinity is never. */
  await(row: number, againNs: number): void {
    const { pods } = this.table;
    if (againNs === Number.POSITIVE_INFINITY) return;
    this.events.backOff(row);
    if (pods.timer[row] !== NO_EVENT) return;
    const delayNs = Math.min(againNs - this.engine.nowNs, SYNC_FREQUENCY_NS);
    const lateNs = Math.round(delayNs * SYNC_JITTER * this.jitter.uniform());
    pods.timer[row] = this.engine.schedule(delayNs + lateNs, this.syncKind, row);
  }
}
