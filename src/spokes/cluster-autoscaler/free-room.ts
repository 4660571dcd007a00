import type { Node } from '../../api/node.js';
import { suits } from '../../api/node-fit.js';
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

function allows(node: Node, shape: PodShape): boolean {
  return firstUntoleratedTaint(node.spec.taints, shape.tolerations) === undefined && suits(shape, node);
}
