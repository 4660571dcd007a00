import type { Pod } from '../../api/pod.js';
import { type Resources, resources } from '../../api/resources.js';
import { wholeNs } from '../../random/whole-ns.js';
import { NodeClocks } from './node-clocks.js';

const UP = 1;
const REACHABLE = 2;
/** It has too little memory or disk, or too few process numbers left. */
export const MEMORY_PRESSURE = 4;
export const DISK_PRESSURE = 8;
export const PID_PRESSURE = 32;
/** Its kubelet stands still. */
const FROZEN = 16;
const PRESSURE: number = MEMORY_PRESSURE | DISK_PRESSURE | PID_PRESSURE;

const ENDLESS: Resources = resources({ memory: Number.POSITIVE_INFINITY, ephemeralStorage: Number.POSITIVE_INFINITY });

/** The machines themselves: which exist, and how they are. What the control plane believes is another matter. */
export class NodeFleet {
  readonly names: string[];
  private readonly indexByName: Map<string, number>;
  /** Bits of each machine. */
  private readonly states: number[];
  /** How many times longer everything takes there. */
  private readonly slowness: number[];
  private readonly allocatables: (Resources | undefined)[];
  private readonly capacities: (Resources | undefined)[];
  /** Whether any has ever been slow, or its kubelet frozen. */
  private anySlow: boolean;
  private anyFrozen: boolean;
  /** Once the clock of any has been set. */
  private setClocks: NodeClocks | undefined;

  constructor() {
    this.names = [];
    this.indexByName = new Map();
    this.states = [];
    this.slowness = [];
    this.allocatables = [];
    this.capacities = [];
    this.anySlow = false;
    this.anyFrozen = false;
    this.setClocks = undefined;
  }

  get size(): number {
    return this.names.length;
  }

  /** A machine more, running; returns its number. Without an `allocatable` it takes all pods, and never runs out of anything. */
  add(name: string, allocatable?: Resources, capacity: Resources | undefined = allocatable): number {
    const index = this.names.push(name) - 1;
    this.indexByName.set(name, index);
    this.states.push(UP | REACHABLE);
    this.slowness.push(1);
    this.allocatables.push(allocatable);
    this.capacities.push(capacity);
    return index;
  }

  /** Number of a machine, -1 if there is none of that name. */
  indexOf(name: string): number {
    return this.indexByName.get(name) ?? -1;
  }

  /** What pods may take of a machine. */
  allocatable(index: number): Resources | undefined {
    return this.allocatables[index];
  }

  /** What a machine has. */
  capacity(index: number): Resources {
    return this.capacities[index] ?? ENDLESS;
  }

  /** What a machine has too little of, as bits. */
  pressureOf(index: number): number {
    return this.states[index]! & PRESSURE;
  }

  press(index: number, pressure: number): void {
    this.states[index] = (this.states[index]! & ~PRESSURE) | pressure;
  }

  /** Whether it runs. */
  isUp(index: number): boolean {
    return (this.states[index]! & UP) !== 0;
  }

  /** Whether it runs and its kubelet is in touch with the API server. */
  isReachable(index: number): boolean {
    return (this.states[index]! & (UP | REACHABLE | FROZEN)) === (UP | REACHABLE);
  }

  /** Whether its kubelet stands still, while all else on it runs on. */
  isFrozen(index: number): boolean {
    return this.anyFrozen && (this.states[index]! & FROZEN) !== 0;
  }

  /** Number of the machine a pod is bound to, -1 if there is none or its kubelet cannot hear of the pod. */
  hostOf(pod: Pod): number {
    const index = this.indexOf(pod.spec.nodeName);
    return index >= 0 && this.isReachable(index) ? index : -1;
  }

  /** It starts, with a new kubelet, or stops. */
  set(index: number, up: boolean): void {
    this.states[index] = up ? (this.states[index]! | UP) & ~FROZEN : this.states[index]! & ~UP;
  }

  /** Its kubelet stands still. */
  freeze(index: number): void {
    this.states[index]! |= FROZEN;
    this.anyFrozen = true;
  }

  /** Its kubelet goes on; whether there is one that stood still. */
  thaw(index: number): boolean {
    const stood = this.isFrozen(index) && this.isUp(index);
    this.states[index]! &= ~FROZEN;
    return stood;
  }

  /** The way between it and the API server is cut, or open again. */
  connect(index: number, connected: boolean): void {
    this.states[index] = connected ? this.states[index]! | REACHABLE : this.states[index]! & ~REACHABLE;
  }

  /** Undefined while all clocks show the true time. */
  get clocks(): NodeClocks | undefined {
    return this.setClocks;
  }

  /** Its clock is so much ahead from now on, ns; behind if that is negative. */
  setClock(index: number, skewNs: number, nowNs: number): void {
    this.setClocks ??= new NodeClocks();
    this.setClocks.set(index, skewNs, nowNs);
  }

  /** What its clock shows. */
  wallNs(index: number, nowNs: number): number {
    return this.setClocks === undefined ? nowNs : this.setClocks.wallNs(index, nowNs);
  }

  /** As {@link wallNs}, for the status of a pod, where a time before the beginning would mean never. */
  podStampNs({ spec }: Pod, nowNs: number): number {
    return this.setClocks === undefined ? nowNs : Math.max(0, this.wallNs(this.indexOf(spec.nodeName), nowNs));
  }

  /** Everything takes so many times longer there; 1 is as ever. */
  slow(index: number, factor: number): void {
    this.slowness[index] = factor;
    this.anySlow = true;
  }

  /** What takes `durationNs` elsewhere, on the machine of a pod. */
  slowedFor({ spec }: Pod, durationNs: number): number {
    const index = this.anySlow ? this.indexOf(spec.nodeName) : -1;
    return index < 0 ? durationNs : this.slowedNs(index, durationNs);
  }

  /** What takes `durationNs` elsewhere, there. */
  slowedNs(index: number, durationNs: number): number {
    const factor = this.slowness[index]!;
    return factor === 1 ? durationNs : wholeNs(durationNs * factor);
  }
}
