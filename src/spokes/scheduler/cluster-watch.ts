import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import type { InformerHandler } from '../../client/informer-handler.js';
import {
  ASSIGNED_POD_ADD,
  ASSIGNED_POD_DELETE,
  type ClusterEvent,
  NODE_ADD,
  NODE_DELETE,
  nodeChanges,
  podChanges,
} from './cluster-event.js';
import type { NodeTable } from './node-table.js';
import type { Nominations } from './nominations.js';
import type { PodCache } from './pod-cache.js';
import type { SchedulingQueue } from './queue/scheduling-queue.js';

/** Says what time it is. */
interface Clock {
  readonly nowNs: number;
}

/** What a scheduler knows. */
export interface SchedulerState {
  readonly table: NodeTable;
  readonly cache: PodCache;
  readonly queue: SchedulingQueue;
  readonly nominations: Nominations;
}

/**
 * Takes what the watches tell into the node table and the queue, and wakes waiting pods that a change may help
 * (eventhandlers.go). Pods that have finished count as deleted.
 */
export class ClusterWatch {
  readonly podHandler: InformerHandler<Pod>;
  readonly nodeHandler: InformerHandler<Node>;
  private readonly table: NodeTable;
  private readonly cache: PodCache;
  private readonly queue: SchedulingQueue;
  private readonly nominations: Nominations;
  private readonly onDropped: (podId: number) => void;
  private readonly isMine: (pod: Pod) => boolean;
  private readonly clock: Clock;
  private readonly onChange: () => void;

  /** `onDropped` hears of pods that are deleted before they are bound; `isMine` says which pods are to be scheduled here; `onChange` is called after each change that may have queued a pod. */
  constructor(
    state: SchedulerState,
    onDropped: (podId: number) => void,
    isMine: (pod: Pod) => boolean,
    clock: Clock,
    onChange: () => void,
  ) {
    this.table = state.table;
    this.cache = state.cache;
    this.queue = state.queue;
    this.nominations = state.nominations;
    this.onDropped = onDropped;
    this.isMine = isMine;
    this.clock = clock;
    this.onChange = onChange;
    this.podHandler = {
      added: (pod) => this.podAdded(pod),
      updated: (before, pod) => this.podUpdated(before, pod),
      deleted: (pod) => this.podDeleted(pod),
    };
    this.nodeHandler = {
      added: (node) => this.nodeAdded(node),
      updated: (before, node) => this.nodeUpdated(before, node),
      deleted: (node) => this.nodeDeleted(node),
    };
  }

  private podAdded(pod: Pod): void {
    if (hasFinished(pod)) return;
    if (pod.spec.nodeName !== '') this.take(pod);
    else if (this.isMine(pod)) this.enqueue(undefined, pod);
  }

  private podUpdated(before: Pod, pod: Pod): void {
    if (hasFinished(pod)) {
      if (!hasFinished(before)) this.podDeleted(before);
    } else if (before.spec.nodeName !== '') this.updateAssigned(before, pod);
    else if (pod.spec.nodeName !== '') {
      this.take(pod);
      if (this.isMine(before)) this.dequeue(pod.id);
    } else if (this.isMine(pod)) this.updateWaiting(before, pod);
  }

  private podDeleted(pod: Pod): void {
    if (pod.spec.nodeName !== '') {
      this.cache.remove(pod.id);
      this.notify(ASSIGNED_POD_DELETE, pod, undefined);
    } else if (this.isMine(pod)) {
      this.dequeue(pod.id);
      if (this.cache.isAssumed(pod.id)) this.releaseAssumed(pod.id);
      else if (pod.status.nominatedNodeName !== '') this.nominationEnded(pod);
    }
  }

  private dequeue(podId: number): void {
    this.queue.delete(podId);
    this.nominations.delete(podId);
  }

  /** The room a pod was nominated for is free again, for pods that had to leave it alone. */
  private nominationEnded(pod: Pod): void {
    const { priority } = pod.spec.shape;
    const concerns = (waiting: Pod): boolean => waiting.spec.shape.priority <= priority;
    const change = { before: pod, after: undefined };
    if (this.queue.notify(ASSIGNED_POD_DELETE, change, this.clock.nowNs, concerns) > 0) this.onChange();
  }

  private take(pod: Pod): void {
    this.cache.put(pod);
    this.notify(ASSIGNED_POD_ADD, undefined, pod);
  }

  private updateAssigned(before: Pod, pod: Pod): void {
    this.cache.put(pod);
    for (const event of podChanges(before, pod)) this.notify(event, before, pod);
  }

  private updateWaiting(before: Pod, pod: Pod): void {
    if (this.cache.isAssumed(pod.id)) {
      if (pod.metadata.deleting && !before.metadata.deleting) this.releaseAssumed(pod.id);
      return;
    }
    this.enqueue(before, pod);
    const nominated = before.status.nominatedNodeName;
    if (nominated === pod.status.nominatedNodeName) return;
    this.nominations.set({ pod, kind: this.table.kinds.of(pod) }, pod.status.nominatedNodeName);
    if (nominated !== '') this.nominationEnded(before);
  }

  private enqueue(before: Pod | undefined, pod: Pod): void {
    if (before === undefined) this.queue.add(pod, this.clock.nowNs);
    else this.queue.update(before, pod, this.clock.nowNs);
    this.onChange();
  }

  /** A pod that is deleted while its binding is under way gives its room back at once. */
  private releaseAssumed(podId: number): void {
    this.onDropped(podId);
    const placed = this.cache.get(podId);
    if (placed !== undefined && this.cache.forget(podId)) this.notify(ASSIGNED_POD_DELETE, placed.pod, undefined);
  }

  private nodeAdded(node: Node): void {
    const first = this.table.size === 0;
    this.table.setNode(node);
    this.notify(NODE_ADD, undefined, node);
    // Pods that found no node at all wait for no event, but for their backoff: it is worth waiting for now.
    if (first) this.onChange();
  }

  private nodeUpdated(before: Node, node: Node): void {
    this.table.setNode(node);
    for (const event of nodeChanges(before, node)) this.notify(event, before, node);
  }

  private nodeDeleted(node: Node): void {
    this.notify(NODE_DELETE, node, undefined);
    this.table.removeNode(node.metadata.name);
  }

  private notify(event: ClusterEvent, before: Pod | Node | undefined, after: Pod | Node | undefined): void {
    if (this.queue.notify(event, { before, after }, this.clock.nowNs) > 0) this.onChange();
  }
}

function hasFinished(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}
