import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import { isPodAvailable, type Pod } from '../../../api/pod.js';
import { byAge, isUpdated } from './daemon-pods.js';
import type { Eligibility } from './node-eligibility.js';
import { surgeCount } from './rollout-limits.js';

/** What one node needs. */
export interface NodePlan {
  readonly creates: boolean;
  readonly doomed: readonly Pod[];
  /** A failed pod is among the doomed, which lengthens the node's backoff. */
  readonly killsFailed: boolean;
  /** A failed pod has to wait until the backoff is over. */
  readonly heldBack: boolean;
}

/** What the plan for one node depends on. */
export interface NodeView {
  readonly eligibility: Eligibility;
  /** The DaemonSet's pods on the node. */
  readonly pods: readonly Pod[];
  /** Whether failed pods on this node may not be replaced yet. */
  readonly inBackoff: boolean;
}

const NOTHING: NodePlan = { creates: false, doomed: [], killsFailed: false, heldBack: false };

/** One pod a node, or two where a new one is to take over (daemon_controller.go podsShouldBeOnNode). */
export function planNode(spec: DaemonSetSpec, view: NodeView, hash: string, nowNs: number): NodePlan {
  const { eligibility, pods, inBackoff } = view;
  if (pods.length === 0) return eligibility.shouldRun ? { ...NOTHING, creates: true } : NOTHING;
  const present = pods.filter((pod) => !pod.metadata.deleting);
  if (!eligibility.shouldContinueRunning) return { ...NOTHING, doomed: present };
  const failed = present.filter((pod) => pod.status.phase === 'Failed');
  const succeeded = present.filter((pod) => pod.status.phase === 'Succeeded');
  const running = present.filter((pod) => !failed.includes(pod) && !succeeded.includes(pod)).sort(byAge);
  const surges = surgeCount(spec, 1) > 0;
  const killed = inBackoff ? [] : failed.slice(0, 1);
  return {
    creates: surges && running.length === 0 && eligibility.shouldRun,
    doomed: [...killed, ...succeeded, ...(surges ? replaced(running, spec, hash, nowNs) : running.slice(1))],
    killsFailed: killed.length > 0,
    heldBack: failed.length > killed.length,
  };
}

/** Surplus pods while surging: the oldest new and old pod stay until one of them can take over alone. */
function replaced(running: readonly Pod[], spec: DaemonSetSpec, hash: string, nowNs: number): readonly Pod[] {
  if (running.length <= 1) return [];
  const newest = running.find((pod) => isUpdated(pod, hash));
  const old = running.find((pod) => !isUpdated(pod, hash));
  const surplus = running.filter((pod) => pod !== newest && pod !== old);
  if (newest === undefined || old === undefined) return surplus;
  const replaces = !old.status.ready || isPodAvailable(newest, spec.minReadySeconds, nowNs);
  return replaces ? [...surplus, old] : surplus;
}
