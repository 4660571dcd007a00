import { NODE, POD } from '../api/kind.js';
import type { Node } from '../api/node.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent } from '../api/watch.js';

/** How many pods there are, and how many nodes, in each state that conditions ask for. */
export interface ClusterCounts {
  readonly pods: {
    total: number;
    pending: number;
    bound: number;
    running: number;
    ready: number;
    unschedulable: number;
  };
  readonly nodes: { total: number; ready: number; unschedulable: number };
}

/** Counts all objects when it is asked first, and only their changes from then on. */
export class LiveCounts {
  private counts: ClusterCounts | undefined;
  private revision: number;

  constructor() {
    this.counts = undefined;
    this.revision = 0;
  }

  /** As of a revision, at which there are these pods and nodes. */
  at(revision: number, pods: Iterable<ApiObject>, nodes: Iterable<ApiObject>): ClusterCounts {
    if (this.counts !== undefined && this.revision === revision) return this.counts;
    this.revision = revision;
    this.counts = {
      pods: { total: 0, pending: 0, bound: 0, running: 0, ready: 0, unschedulable: 0 },
      nodes: { total: 0, ready: 0, unschedulable: 0 },
    };
    for (const pod of pods) countPod(this.counts.pods, pod as Pod, 1);
    for (const node of nodes) countNode(this.counts.nodes, node as Node, 1);
    return this.counts;
  }

  /** Whoever has missed a change counts anew. */
  committed({ type, object, previous }: WatchEvent): void {
    if (this.counts === undefined) return;
    if (object.revision !== this.revision + 1) {
      this.counts = undefined;
      return;
    }
    this.revision++;
    if (previous !== undefined) count(this.counts, previous, -1);
    if (type !== 'DELETED') count(this.counts, object, 1);
  }
}

function count(counts: ClusterCounts, object: ApiObject, sign: 1 | -1): void {
  if (object.kind === POD) countPod(counts.pods, object as Pod, sign);
  else if (object.kind === NODE) countNode(counts.nodes, object as Node, sign);
}

function countPod(counts: ClusterCounts['pods'], { spec, status }: Pod, sign: 1 | -1): void {
  const isBound = spec.nodeName !== '';
  const isRunning = status.phase === 'Running';
  counts.total += sign;
  if (isBound) counts.bound += sign;
  else if (status.phase === 'Pending') counts.pending += sign;
  if (isRunning) counts.running += sign;
  if (isRunning && status.ready) counts.ready += sign;
  if (!isBound && status.unschedulable !== '') counts.unschedulable += sign;
}

function countNode(counts: ClusterCounts['nodes'], { spec, status }: Node, sign: 1 | -1): void {
  counts.total += sign;
  if (status.ready === 'True') counts.ready += sign;
  if (spec.unschedulable) counts.unschedulable += sign;
}
