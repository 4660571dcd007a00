import { DAEMON_SET } from '../../api/kind.js';
import { controllerOf } from '../../api/meta.js';
import { isMirror } from '../../api/mirror-pod.js';
import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import { FreeRoom } from './free-room.js';

/** A node with the pods that are bound to it. */
export interface OccupiedNode {
  readonly node: Node;
  readonly pods: readonly Pod[];
}

/** Whether a pod stays on its node to the end: those of DaemonSets do. */
export function isDaemonPod({ metadata }: Pod): boolean {
  return controllerOf(metadata)?.kindId === DAEMON_SET.id;
}

/** Pods of a node that would have to go elsewhere; static ones end with it. */
export function movingPods(pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => !isDaemonPod(pod) && !isMirror(pod) && !pod.metadata.deleting);
}

/**
 * The nodes of `candidates` that could be done without (core/scaledown/planner): little of them is asked for, no pod
 * `keeps` its node, and all would fit on the nodes that stay. Pods keep the places found for them, so that no two
 * nodes count on the same room.
 */
export function unneededNodes(
  candidates: readonly OccupiedNode[],
  all: readonly OccupiedNode[],
  threshold: number,
  keeps: (pod: Pod) => boolean,
): readonly OccupiedNode[] {
  const rooms = new Map(all.map(({ node, pods }) => [node.metadata.name, new FreeRoom(node, pods)]));
  const unneeded: OccupiedNode[] = [];
  for (const candidate of candidates) {
    const { name } = candidate.node.metadata;
    const room = rooms.get(name);
    if (room === undefined || room.utilization >= threshold) continue;
    const moving = movingPods(candidate.pods);
    if (moving.some(keeps)) continue;
    const others = [...rooms.values()].filter((one) => one !== room && !one.node.spec.unschedulable);
    if (!moveAll(moving, others)) continue;
    rooms.delete(name);
    unneeded.push(candidate);
  }
  return unneeded;
}

/** Puts all pods on other nodes, or none. */
function moveAll(pods: readonly Pod[], rooms: readonly FreeRoom[]): boolean {
  const placed: FreeRoom[] = [];
  for (const { spec } of pods) {
    const room = rooms.find((one) => one.place(spec.shape));
    if (room === undefined) {
      for (const [index, taken] of placed.entries()) taken.release(pods[index]!.spec.shape);
      return false;
    }
    placed.push(room);
  }
  return true;
}
