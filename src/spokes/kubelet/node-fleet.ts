import type { Pod } from '../../api/pod.js';
import type { Resources } from '../../api/resources.js';

const UP = 1;
const REACHABLE = 2;

/** The machines themselves: which exist, and how they are. What the control plane believes is another matter. */
export class NodeFleet {
  readonly names: string[];
  private readonly indexByName: Map<string, number>;
  /** Bits of each machine. */
  private readonly states: number[];
  /** How many times longer everything takes there. */
  private readonly slowness: number[];
  private readonly capacities: (Resources | undefined)[];

  constructor() {
    this.names = [];
    this.indexByName = new Map();
    this.states = [];
    this.slowness = [];
    this.capacities = [];
  }

  get size(): number {
    return this.names.length;
  }

  /** A machine more, running; returns its number. Without an `allocatable` it takes all pods. */
  add(name: string, allocatable?: Resources): number {
    const index = this.names.push(name) - 1;
    this.indexByName.set(name, index);
    this.states.push(UP | REACHABLE);
    this.slowness.push(1);
    this.capacities.push(allocatable);
    return index;
  }

  /** Number of a machine, -1 if there is none of that name. */
  indexOf(name: string): number {
    return this.indexByName.get(name) ?? -1;
  }

  /** What pods may take of a machine. */
  allocatable(index: number): Resources | undefined {
    return this.capacities[index];
  }

  /** Whether it runs. */
  isUp(index: number): boolean {
    return (this.states[index]! & UP) !== 0;
  }

  /** Whether it runs and the API server can be reached from it. */
  isReachable(index: number): boolean {
    return this.states[index] === (UP | REACHABLE);
  }

  /** Number of the machine a pod is bound to, -1 if there is none or its kubelet cannot hear of the pod. */
  hostOf(pod: Pod): number {
    const index = this.indexOf(pod.spec.nodeName);
    return index >= 0 && this.isReachable(index) ? index : -1;
  }

  /** It starts or stops. */
  set(index: number, up: boolean): void {
    this.states[index] = up ? this.states[index]! | UP : this.states[index]! & ~UP;
  }

  /** The way between it and the API server is cut, or open again. */
  connect(index: number, connected: boolean): void {
    this.states[index] = connected ? this.states[index]! | REACHABLE : this.states[index]! & ~REACHABLE;
  }

  /** Everything takes so many times longer there; 1 is as ever. */
  slow(index: number, factor: number): void {
    this.slowness[index] = factor;
  }

  /** What takes `durationNs` elsewhere, there. */
  slowedNs(index: number, durationNs: number): number {
    const factor = this.slowness[index]!;
    return factor === 1 ? durationNs : Math.round(durationNs * factor);
  }
}
