import type { Engine, EventKind } from '../../engine/index.js';
import { NO_EVENT } from './container-rows.js';
import type { Pleg } from './pleg.js';
import type { PodTable } from './pod-table.js';

/** The relists of the PLEG that have something to see: for each pod the next one of its node, when it has changed. */
export class Relists {
  private readonly engine: Engine;
  private readonly table: PodTable;
  private readonly pleg: Pleg;
  private readonly relistKind: EventKind;

  /** `seen` is told of each pod whose containers a relist has just looked at. */
  constructor(engine: Engine, table: PodTable, pleg: Pleg, seen: (row: number) => void) {
    this.engine = engine;
    this.table = table;
    this.pleg = pleg;
    this.relistKind = engine.register(
      'kubelet: PLEG relist',
      (row) => {
        table.pods.relist[row] = NO_EVENT;
        seen(row);
      },
      'timer',
    );
  }

  /** Something has happened to a pod. */
  changed(row: number): void {
    const { pods } = this.table;
    if (pods.relist[row] !== NO_EVENT) return;
    const delayNs = this.pleg.untilRelistNs(pods.node[row]!, this.engine.nowNs);
    pods.relist[row] = this.engine.schedule(delayNs, this.relistKind, row);
  }
}
