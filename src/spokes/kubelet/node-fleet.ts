import type { Pod } from '../../api/pod.js';

/** The machines themselves: which exist, and which of them are up. What the control plane believes is another matter. */
export class NodeFleet {
  readonly names: string[];
  private readonly indexByName: Map<string, number>;
  private readonly up: boolean[];

  constructor() {
    this.names = [];
    this.indexByName = new Map();
    this.up = [];
  }

  get size(): number {
    return this.names.length;
  }

  /** A machine more, running; returns its number. */
  add(name: string): number {
    const index = this.names.push(name) - 1;
    this.indexByName.set(name, index);
    this.up.push(true);
    return index;
  }

  /** Number of a machine, -1 if there is none of that name. */
  indexOf(name: string): number {
    return this.indexByName.get(name) ?? -1;
  }

  isUp(index: number): boolean {
    return this.up[index] === true;
  }

  /** Number of the machine a pod is bound to, -1 if there is none or it is down. */
  hostOf(pod: Pod): number {
    const index = this.indexOf(pod.spec.nodeName);
    return index >= 0 && this.isUp(index) ? index : -1;
  }

  set(index: number, up: boolean): void {
    this.up[index] = up;
  }
}
