import { isMirror } from '../../api/mirror-pod.js';
import type { Pod, PodSpec } from '../../api/pod.js';
import { type Taint, toleratesAny } from '../../api/taint.js';
import { MEMORY_PRESSURE, type NodeFleet } from './node-fleet.js';
import { CRITICAL_PRIORITY } from './pod-plan.js';
import type { EndReason } from './status-finder.js';

const MEMORY_TAINT: Taint = { key: 'node.kubernetes.io/memory-pressure', value: '', effect: 'NoSchedule' };

/**
 * What the pods on each node take of it, and whether one more fits: a kubelet refuses what does not, whoever bound it
 * (pkg/kubelet/lifecycle/predicate.go). 24 bytes a node.
 */
export class Admission {
  private readonly fleet: NodeFleet;
  private readonly pods: number[];
  private readonly milliCpu: number[];
  private readonly memory: number[];

  constructor(fleet: NodeFleet) {
    this.fleet = fleet;
    this.pods = [];
    this.milliCpu = [];
    this.memory = [];
  }

  /** `''` if the pod fits, else what it is refused for. */
  refusal(node: number, pod: Pod): EndReason {
    const { spec } = pod;
    // Static pods are critical.
    if (isMirror(pod)) return '';
    if (this.fleet.pressureOf(node) !== 0 && this.isTooMuch(node, spec)) return 'Evicted';
    const allocatable = this.fleet.allocatable(node);
    if (allocatable === undefined) return '';
    const { milliCpu, memory } = spec.shape.requests;
    this.makeRoom(node);
    if (this.pods[node]! + 1 > allocatable.pods) return 'OutOfpods';
    if (milliCpu > 0 && this.milliCpu[node]! + milliCpu > allocatable.milliCpu) return 'OutOfcpu';
    if (memory > 0 && this.memory[node]! + memory > allocatable.memory) return 'OutOfmemory';
    return '';
  }

  /**
   * A node under pressure takes critical pods alone; one that lacks nothing but memory, also those that ask for some, or
   * tolerate it (eviction_manager.go Admit).
   */
  private isTooMuch(node: number, { shape }: PodSpec): boolean {
    if (shape.priority >= CRITICAL_PRIORITY) return false;
    if (this.fleet.pressureOf(node) !== MEMORY_PRESSURE) return true;
    return shape.qosClass === 'BestEffort' && !toleratesAny(shape.tolerations, MEMORY_TAINT);
  }

  /** A pod takes its share. */
  take(node: number, pod: Pod): void {
    this.change(node, pod, 1);
  }

  /** A pod that had its share has ended. */
  give(node: number, pod: Pod): void {
    this.change(node, pod, -1);
  }

  private change(node: number, { spec }: Pod, sign: number): void {
    const { milliCpu, memory } = spec.shape.requests;
    this.makeRoom(node);
    this.pods[node]! += sign;
    this.milliCpu[node]! += sign * milliCpu;
    this.memory[node]! += sign * memory;
  }

  /** An array with holes, or that is read beyond its end, takes several times as long. */
  private makeRoom(node: number): void {
    while (this.pods.length <= node) {
      this.pods.push(0);
      this.milliCpu.push(0);
      this.memory.push(0);
    }
  }
}
