import { DAEMON_SET } from '../../api/kind.js';
import { controllerOf } from '../../api/meta.js';
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

/** Pods of a node that would have to go elsewhere. */
export function movingPods({ pods }: OccupiedNode): readonly Pod[] {
  return pods.filter((pod) => !isDaemonPod(pod) && !pod.metadata.deleting);
}

/**
 * The nodes of `candidates` that could be done without (core/scaledown/planner): little of them is asked for, and all that
 * runs there has a controller and would fit on the nodes that stay. Pods keep the places found for them, so that no two
 * nodes count on the same room.
 */
export function unneededNodes(
  candidates: readonly OccupiedNode[],
  all: readonly OccupiedNode[],
  threshold: number,
): readonly OccupiedNode[] {
  const rooms = new Map(all.map(({ node, pods }) => [node.metadata.name, new FreeRoom(node, pods)]));
  const unneeded: OccupiedNode[] = [];
  for (const candidate of candidates) {
    const { name } = candidate.node.metadata;
    const room = rooms.get(name);
    if (room === undefined || room.utilization >= threshold) continue;
    const others = [...rooms.values()].filter((one) => one !== room && !one.node.spec.unschedulable);
    if (!moveAll(movingPods(candidate), others)) continue;
    rooms.delete(name);
    unneeded.push(candidate);
  }
  return unneeded;
}

/** Puts all pods on other nodes, or none; a pod of its own would not come back, and stays. */
function moveAll(pods: readonly Pod[], rooms: readonly FreeRoom[]): boolean {
  const placed: FreeRoom[] = [];
  for (const { metadata, spec } of pods) {
    const room = controllerOf(metadata) === undefined ? undefined : rooms.find((one) => one.place(spec.shape));
    if (room === undefined) {
      for (const [index, taken] of placed.entries()) taken.release(pods[index]!.spec.shape);
      return false;
    }
    placed.push(room);
  }
  return true;
}
