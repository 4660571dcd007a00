import type { DaemonSetSpec } from '../../../api/daemon-set.js';
import { isPodAvailable, type Pod } from '../../../api/pod.js';
import { isUpdated, type PodsByNode } from './daemon-pods.js';
import { rolloutLimits } from './rollout-limits.js';

/** One step of a rolling update: old pods to delete, and nodes that get a new pod beside their old one. */
export interface RolloutStep {
  readonly doomed: readonly Pod[];
  readonly newNodes: readonly string[];
}

/** A node with at most one pod of each kind. */
interface NodePods {
  readonly nodeName: string;
  readonly newPod: Pod | undefined;
  readonly oldPod: Pod | undefined;
}

/** What a rolling update looks at. */
export interface RolloutView {
  readonly spec: DaemonSetSpec;
  readonly hash: string;
  readonly nowNs: number;
  readonly podsByNode: PodsByNode;
  /** Nodes that should run a pod. */
  readonly wantedNodes: ReadonlySet<string>;
}

/**
 * Replaces old pods within the limits (update.go rollingUpdate). Without surge old pods are deleted and the sync after
 * fills the gap; with surge a new pod comes first, and takes over once it is available.
 */
export function rollingUpdate(view: RolloutView): RolloutStep {
  const { maxSurge, maxUnavailable } = rolloutLimits(view.spec, view.wantedNodes.size);
  return maxSurge === 0 ? deleteFirst(view, maxUnavailable) : createFirst(view, maxSurge);
}

/** The pods of each node, and the number of nodes that have several of one kind, which the main loop prunes first. */
function nodesOf({ podsByNode, hash }: RolloutView): { readonly nodes: readonly NodePods[]; readonly crowded: number } {
  const nodes: NodePods[] = [];
  let crowded = 0;
  for (const [nodeName, pods] of podsByNode) {
    const present = pods.filter((pod) => !pod.metadata.deleting);
    const newPods = present.filter((pod) => isUpdated(pod, hash));
    const oldPods = present.filter((pod) => !isUpdated(pod, hash));
    if (newPods.length > 1 || oldPods.length > 1) crowded++;
    else nodes.push({ nodeName, newPod: newPods[0], oldPod: oldPods[0] });
  }
  return { nodes, crowded };
}

function deleteFirst(view: RolloutView, maxUnavailable: number): RolloutStep {
  const { nodes, crowded } = nodesOf(view);
  const { minReadySeconds } = view.spec;
  const isAvailable = (pod: Pod): boolean => isPodAvailable(pod, minReadySeconds, view.nowNs);
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = crowded + emptyNodes(view);
  for (const { newPod, oldPod } of nodes) {
    if (newPod === undefined && oldPod !== undefined) {
      if (isAvailable(oldPod)) candidates.push(oldPod);
      else broken.push(oldPod);
    }
    const serving = (newPod === undefined) === (oldPod === undefined) ? undefined : (newPod ?? oldPod);
    if (serving === undefined || !isAvailable(serving)) unavailable++;
  }
  return { doomed: [...broken, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))], newNodes: [] };
}

/** Nodes that should run a pod and have never had one. */
function emptyNodes({ wantedNodes, podsByNode }: RolloutView): number {
  let count = 0;
  for (const name of wantedNodes) if (!podsByNode.has(name)) count++;
  return count;
}

function createFirst(view: RolloutView, maxSurge: number): RolloutStep {
  const { nodes, crowded } = nodesOf(view);
  const { minReadySeconds } = view.spec;
  const isAvailable = (pod: Pod | undefined): boolean =>
    pod !== undefined && isPodAvailable(pod, minReadySeconds, view.nowNs);
  const doomed: Pod[] = [];
  const unwanted: Pod[] = [];
  const broken: string[] = [];
  const candidates: string[] = [];
  let surging = crowded;
  for (const { nodeName, newPod, oldPod } of nodes) {
    if (oldPod === undefined) continue;
    if (newPod !== undefined) {
      if (isAvailable(newPod)) doomed.push(oldPod);
      else surging++;
    } else if (view.wantedNodes.has(nodeName)) (isAvailable(oldPod) ? candidates : broken).push(nodeName);
    else (isAvailable(oldPod) ? unwanted : doomed).push(oldPod);
  }
  // Nodes that no longer count keep their pod until as many are available elsewhere.
  const available = nodes.filter(({ newPod, oldPod }) => isAvailable(oldPod ?? newPod)).length;
  const spare = Math.max(0, available - view.wantedNodes.size);
  const newNodes = [...broken, ...candidates.slice(0, Math.max(0, maxSurge - surging))];
  return { doomed: [...doomed, ...unwanted.slice(0, spare)], newNodes };
}
