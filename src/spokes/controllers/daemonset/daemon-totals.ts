/** Numbers of nodes of one DaemonSet, for its status and for its rolling update. */
export interface DaemonTotals {
  /** Should run a pod. */
  desired: number;
  /** Should and do. */
  scheduled: number;
  /** Should not and do. */
  misscheduled: number;
  /** Of the scheduled: those whose oldest pod is of the present template, is ready, is available. */
  updated: number;
  ready: number;
  available: number;
  /** Have no available pod as far as a rolling update that deletes first is concerned. */
  lacking: number;
  /** Have several pods that are to become one, as far as one that creates first is concerned. */
  surging: number;
  /** Have an available pod as far as that one is concerned. */
  holding: number;
}

/** Of no nodes. */
export function noTotals(): DaemonTotals {
  return {
    desired: 0,
    scheduled: 0,
    misscheduled: 0,
    updated: 0,
    ready: 0,
    available: 0,
    lacking: 0,
    surging: 0,
    holding: 0,
  };
}

/** Takes numbers of other nodes in (`sign` 1) or out (-1). */
export function addTotals(totals: DaemonTotals, others: Readonly<DaemonTotals>, sign: 1 | -1): void {
  totals.desired += sign * others.desired;
  totals.scheduled += sign * others.scheduled;
  totals.misscheduled += sign * others.misscheduled;
  totals.updated += sign * others.updated;
  totals.ready += sign * others.ready;
  totals.available += sign * others.available;
  totals.lacking += sign * others.lacking;
  totals.surging += sign * others.surging;
  totals.holding += sign * others.holding;
}
