import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import { isPodAvailable, type Pod } from '../../../api/pod.js';
import { byAge, isUpdated } from './daemon-pods.js';
import type { DaemonTotals } from './daemon-totals.js';
import type { Eligibility } from './node-eligibility.js';
import { planNode } from './node-plan.js';
import { type NodeRollout, nodeRollout } from './node-rollout.js';

/** What a node comes to for its DaemonSet, until one of both, a pod or the time changes it. */
export interface NodeFacts {
  readonly totals: Readonly<DaemonTotals>;
  readonly rollout: NodeRollout;
  /** Whether the main loop of a sync wants to create or to delete pods, or waits until it may. */
  readonly wants: boolean;
  /** When a pod becomes available with nothing else to say so. */
  readonly dueNs: number;
}

/** What the facts of one node depend on. */
export interface NodeFactsView {
  readonly spec: DaemonSetSpec;
  /** Of the present template's revision. */
  readonly hash: string;
  readonly nowNs: number;
  /** Whether there is such a node. */
  readonly exists: boolean;
  readonly eligibility: Eligibility;
  /** The DaemonSet's pods on the node. */
  readonly pods: readonly Pod[];
}

/** Looks at a single node; the oldest pod stands for it (daemon_controller.go updateDaemonSetStatus). */
export function nodeFacts(view: NodeFactsView): NodeFacts {
  const { spec, hash, nowNs, exists, eligibility, pods } = view;
  const { minReadySeconds } = spec;
  const rollout = nodeRollout(pods, eligibility.shouldRun, hash, (pod) => isPodAvailable(pod, minReadySeconds, nowNs));
  const desired = eligibility.shouldRun;
  const oldest = exists ? [...pods].sort(byAge)[0] : undefined;
  const scheduled = desired ? oldest : undefined;
  return {
    totals: {
      desired: Number(desired),
      scheduled: Number(scheduled !== undefined),
      misscheduled: Number(oldest !== undefined && !desired),
      updated: Number(scheduled !== undefined && isUpdated(scheduled, hash)),
      ready: Number(scheduled?.status.ready === true),
      available: Number(scheduled !== undefined && isPodAvailable(scheduled, minReadySeconds, nowNs)),
      lacking: Number(rollout.lacks),
      surging: Number(rollout.surges),
      holding: Number(rollout.holds),
    },
    rollout,
    wants: exists ? wantsChange(view) : pods.some(({ spec }) => spec.nodeName === ''),
    dueNs: availableNs(pods, minReadySeconds, nowNs),
  };
}

function wantsChange({ spec, hash, nowNs, eligibility, pods }: NodeFactsView): boolean {
  const { creates, doomed } = planNode(spec, { eligibility, pods, inBackoff: false }, hash, nowNs);
  return creates || doomed.length > 0;
}

/** When the next of the pods that are ready becomes available. */
function availableNs(pods: readonly Pod[], minReadySeconds: number, nowNs: number): number {
  let firstNs = Number.POSITIVE_INFINITY;
  if (minReadySeconds === 0) return firstNs;
  for (const { status } of pods) {
    const dueNs = status.readySinceNs + minReadySeconds * 1e9;
    if (status.ready && dueNs > nowNs) firstNs = Math.min(firstNs, dueNs);
  }
  return firstNs;
}
