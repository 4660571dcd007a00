import type { DaemonSetSpec, DaemonSetStatus } from '../../../api/daemon-set.js';
import { isPodAvailable } from '../../../api/pod.js';
import { byAge, isUpdated, type PodsByNode } from './daemon-pods.js';

/** The counters of a DaemonSet's status. */
export type DaemonCounts = Omit<DaemonSetStatus, 'observedGeneration' | 'collisionCount'>;

/** What the counters are taken from. */
export interface NodeCountView {
  readonly spec: DaemonSetSpec;
  readonly nodeNames: Iterable<string>;
  readonly wantedNodes: ReadonlySet<string>;
  readonly podsByNode: PodsByNode;
  readonly hash: string;
  readonly nowNs: number;
}

/** Counts nodes; the oldest pod stands for its node (daemon_controller.go updateDaemonSetStatus). */
export function countNodes({ spec, nodeNames, wantedNodes, podsByNode, hash, nowNs }: NodeCountView): DaemonCounts {
  let currentNumberScheduled = 0;
  let numberMisscheduled = 0;
  let updatedNumberScheduled = 0;
  let numberReady = 0;
  let numberAvailable = 0;
  for (const name of nodeNames) {
    const oldest = [...(podsByNode.get(name) ?? [])].sort(byAge)[0];
    if (oldest === undefined) continue;
    if (!wantedNodes.has(name)) {
      numberMisscheduled++;
      continue;
    }
    currentNumberScheduled++;
    if (oldest.status.ready) numberReady++;
    if (isPodAvailable(oldest, spec.minReadySeconds, nowNs)) numberAvailable++;
    if (isUpdated(oldest, hash)) updatedNumberScheduled++;
  }
  const desiredNumberScheduled = wantedNodes.size;
  const numberUnavailable = desiredNumberScheduled - numberAvailable;
  return {
    desiredNumberScheduled,
    currentNumberScheduled,
    numberMisscheduled,
    updatedNumberScheduled,
    numberReady,
    numberAvailable,
    numberUnavailable,
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
