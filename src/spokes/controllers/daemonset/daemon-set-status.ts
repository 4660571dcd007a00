import type { DaemonSetSpec, DaemonSetStatus } from '../../../api/daemon-set.js';
import { isPodAvailable } from '../../../api/pod.js';
import { byAge, isUpdated, type PodsByNode } from './daemon-pods.js';

/** The counters of a DaemonSet's status. */
export type DaemonCounts = Omit<DaemonSetStatus, 'observedGeneration' | 'collisionCount'>;

/** Counts nodes; the oldest pod stands for its node (daemon_controller.go updateDaemonSetStatus). */
export function countNodes(
  spec: DaemonSetSpec,
  nodeNames: Iterable<string>,
  wantedNodes: ReadonlySet<string>,
  podsByNode: PodsByNode,
  hash: string,
  nowNs: number,
): DaemonCounts {
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
