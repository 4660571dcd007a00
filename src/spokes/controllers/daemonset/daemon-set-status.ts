import type { DaemonSetStatus } from '../../../api/daemon-set.js';
import type { DaemonTotals } from './daemon-totals.js';

/** The counters of a DaemonSet's status. */
export type DaemonCounts = Omit<DaemonSetStatus, 'observedGeneration' | 'collisionCount'>;

/** The counters for so many nodes (daemon_controller.go updateDaemonSetStatus). */
export function daemonCounts(totals: Readonly<DaemonTotals>): DaemonCounts {
  return {
    desiredNumberScheduled: totals.desired,
    currentNumberScheduled: totals.scheduled,
    numberMisscheduled: totals.misscheduled,
    updatedNumberScheduled: totals.updated,
    numberReady: totals.ready,
    numberAvailable: totals.available,
    numberUnavailable: totals.desired - totals.available,
  };
}

/** Whether there is nothing to write (daemon_controller.go storeDaemonSetStatus). */
export function statusIsCurrent(old: DaemonSetStatus, status: DaemonSetStatus, generation: number): boolean {
  return (
    old.desiredNumberScheduled === status.desiredNumberScheduled &&
    old.currentNumberScheduled === status.currentNumberScheduled &&
    old.numberMisscheduled === status.numberMisscheduled &&
    old.numberReady === status.numberReady &&
    old.updatedNumberScheduled === status.updatedNumberScheduled &&
    old.numberAvailable === status.numberAvailable &&
    old.numberUnavailable === status.numberUnavailable &&
    old.observedGeneration >= generation
  );
}
