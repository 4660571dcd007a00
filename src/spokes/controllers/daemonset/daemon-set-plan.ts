import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import type { Pod } from '../../../api/pod.js';
import { byArrival, byFirstPod, type DaemonNode } from './daemon-node.js';
import { planNode } from './node-plan.js';

/** Most pods one sync creates or deletes (daemon_controller.go BurstReplicas). */
export const BURST_REPLICAS = 250;

/** What a sync of a DaemonSet sees. */
export interface DaemonSetView {
  readonly spec: DaemonSetSpec;
  /** Of the present template's revision. */
  readonly hash: string;
  readonly nowNs: number;
  /** Whether failed pods on a node may not be replaced yet. */
  readonly inBackoff: (nodeName: string) => boolean;
}

/** What the main loop of a sync wants; a rolling update goes on only when it wants nothing. */
export interface DaemonSetPlan {
  /** Nodes to create a pod for, and pods to delete, at most a burst of each. */
  readonly newNodes: readonly string[];
  readonly doomed: readonly Pod[];
  /** Nodes where a failed pod is deleted, which lengthens their backoff, and nodes where one has to wait. */
  readonly failedNodes: readonly string[];
  readonly heldBackNodes: readonly string[];
}

/** Puts the right number of pods on every node (daemon_controller.go manage); `wanting` are those where it is not right. */
export function planDaemonSet(view: DaemonSetView, wanting: Iterable<DaemonNode>): DaemonSetPlan {
  const { spec, hash, nowNs, inBackoff } = view;
  const known = [...wanting];
  const newNodes: string[] = [];
  const doomed: Pod[] = [];
  const failedNodes: string[] = [];
  const heldBackNodes: string[] = [];
  for (const { name, eligibility, pods } of known.filter(({ node }) => node !== undefined).sort(byArrival)) {
    const nodeView = { eligibility, pods: pods.map(({ pod }) => pod), inBackoff: inBackoff(name) };
    const plan = planNode(spec, nodeView, hash, nowNs);
    if (plan.creates) newNodes.push(name);
    if (plan.killsFailed) failedNodes.push(name);
    if (plan.heldBack) heldBackNodes.push(name);
    doomed.push(...plan.doomed);
  }
  doomed.push(...strandedPods(known.filter(({ node }) => node === undefined).sort(byFirstPod)));
  return {
    newNodes: newNodes.slice(0, BURST_REPLICAS),
    doomed: doomed.slice(0, BURST_REPLICAS),
    failedNodes,
    heldBackNodes,
  };
}

/** Pods that wait for a node that is gone: nobody else would ever delete them (getUnscheduledPodsWithoutNode). */
function strandedPods(gone: readonly DaemonNode[]): readonly Pod[] {
  return gone.flatMap(({ pods }) => pods.map(({ pod }) => pod).filter(({ spec }) => spec.nodeName === ''));
}
