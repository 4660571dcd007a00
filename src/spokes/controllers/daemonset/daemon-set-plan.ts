import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { PodsByNode } from './daemon-pods.js';
import { nodeEligibility } from './node-eligibility.js';
import { planNode } from './node-plan.js';

/** Most pods one sync creates or deletes (daemon_controller.go BurstReplicas). */
export const BURST_REPLICAS = 250;

/** What a sync of a DaemonSet sees. */
export interface DaemonSetView {
  readonly spec: DaemonSetSpec;
  /** Of the template with the daemon tolerations. */
  readonly shape: PodShape;
  readonly nodes: readonly Node[];
  readonly podsByNode: PodsByNode;
  /** Of the present template's revision. */
  readonly hash: string;
  readonly nowNs: number;
  /** Nodes on which failed pods may not be replaced yet. */
  readonly nodesInBackoff: ReadonlySet<string>;
}

/** What the main loop of a sync wants; a rolling update goes on only when it wants nothing. */
export interface DaemonSetPlan {
  /** All nodes that should run a pod. */
  readonly wantedNodes: ReadonlySet<string>;
  /** Nodes to create a pod for, and pods to delete, at most a burst of each. */
  readonly newNodes: readonly string[];
  readonly doomed: readonly Pod[];
  /** Nodes where a failed pod is deleted, which lengthens their backoff, and nodes where one has to wait. */
  readonly failedNodes: readonly string[];
  readonly heldBackNodes: readonly string[];
}

/** Puts the right number of pods on every node (daemon_controller.go manage). */
export function planDaemonSet(view: DaemonSetView): DaemonSetPlan {
  const { spec, shape, nodes, podsByNode, hash, nowNs, nodesInBackoff } = view;
  const wantedNodes = new Set<string>();
  const newNodes: string[] = [];
  const doomed: Pod[] = [];
  const failedNodes: string[] = [];
  const heldBackNodes: string[] = [];
  for (const node of nodes) {
    const { name } = node.metadata;
    const eligibility = nodeEligibility(node, shape, spec.nodeName);
    if (eligibility.shouldRun) wantedNodes.add(name);
    const nodeView = { eligibility, pods: podsByNode.get(name), inBackoff: nodesInBackoff.has(name) };
    const plan = planNode(spec, nodeView, hash, nowNs);
    if (plan.creates) newNodes.push(name);
    if (plan.killsFailed) failedNodes.push(name);
    if (plan.heldBack) heldBackNodes.push(name);
    doomed.push(...plan.doomed);
  }
  doomed.push(...strandedPods(nodes, podsByNode));
  return {
    wantedNodes,
    newNodes: newNodes.slice(0, BURST_REPLICAS),
    doomed: doomed.slice(0, BURST_REPLICAS),
    failedNodes,
    heldBackNodes,
  };
}

/** Pods that wait for a node that is gone: nobody else would ever delete them (getUnscheduledPodsWithoutNode). */
function strandedPods(nodes: readonly Node[], podsByNode: PodsByNode): readonly Pod[] {
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  const stranded: Pod[] = [];
  for (const [name, pods] of podsByNode)
    if (!names.has(name)) stranded.push(...pods.filter(({ spec }) => spec.nodeName === ''));
  return stranded;
}
