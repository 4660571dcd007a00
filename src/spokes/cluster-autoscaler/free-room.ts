import { InputError } from '../../api/input-error.js';
import type { Node } from '../../api/node.js';
import { matchesNode } from '../../api/node-affinity.js';
import type { Pod } from '../../api/pod.js';
import type { PodShape } from '../../api/pod-shape.js';
import { firstUntoleratedTaint } from '../../api/taint.js';

/**
 * What is free of a node, while pods are put there in thought: resources, node selectors and affinity, taints. What pods
 * think of each other is left out, so that the autoscaler may expect room where the scheduler sees none.
 */
export class FreeRoom {
  readonly node: Node;
  private milliCpu: number;
  private memory: number;
  private pods: number;

  constructor(node: Node, pods: readonly Pod[]) {
    const { allocatable } = node.status;
    this.node = node;
    this.milliCpu = allocatable.milliCpu;
    this.memory = allocatable.memory;
    this.pods = allocatable.pods;
    for (const { spec } of pods) this.take(spec.shape);
  }

  /** Puts a pod there if it may and fits. */
  place(shape: PodShape): boolean {
    const { milliCpu, memory } = shape.requests;
    const fits = this.pods > 0 && milliCpu <= this.milliCpu && memory <= this.memory;
    if (!fits || !allows(this.node, shape)) return false;
    this.take(shape);
    return true;
  }

  /** Takes a pod away again that was put there. */
  release({ requests }: PodShape): void {
    this.milliCpu += requests.milliCpu;
    this.memory += requests.memory;
    this.pods++;
  }

  /** Fraction of the node that is taken, of what is taken most (utilization Calculate). */
  get utilization(): number {
    const { allocatable } = this.node.status;
    return Math.max(1 - this.milliCpu / allocatable.milliCpu, 1 - this.memory / allocatable.memory);
  }

  private take({ requests }: PodShape): void {
    this.milliCpu -= requests.milliCpu;
    this.memory -= requests.memory;
    this.pods--;
  }
}

function allows({ metadata, spec }: Node, shape: PodShape): boolean {
  if (firstUntoleratedTaint(spec.taints, shape.tolerations) !== undefined) return false;
  try {
    return matchesNode(shape.nodeSelector, shape.requiredNodeAffinity, metadata.name, metadata.labels);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
