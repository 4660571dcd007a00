import { ByNumber } from '../../api/by-number.js';
import type { Pod } from '../../api/pod.js';
import type { NodeTable } from './node-table.js';
import type { PlacedPod } from './placed-pod.js';

/**
 * The pods that take room on nodes (backend/cache/cache.go): those seen bound, and those assumed, whose binding is under
 * way. An assumed pod stays until the watch confirms it or its binding fails; there is no time limit.
 */
export class PodCache {
  readonly #table: NodeTable;
  /** By id of the pod. */
  readonly #placed: ByNumber<PlacedPod>;

  constructor(table: NodeTable) {
    this.#table = table;
    this.#placed = new ByNumber();
  }

  isAssumed(podId: number): boolean {
    return this.#placed.get(podId)?.assumed === true;
  }

  get(podId: number): PlacedPod | undefined {
    return this.#placed.get(podId);
  }

  /** Takes room for a pod before its binding is written. */
  assume(pod: Pod, node: number): void {
    const placed = this.#table.placeAt(pod, node);
    placed.assumed = true;
    this.#placed.set(pod.id, placed);
  }

  /** Gives up an assumed pod; true if it still was assumed. */
  forget(podId: number): boolean {
    return this.isAssumed(podId) && this.remove(podId);
  }

  /** Takes over a bound pod as the watch has it, be it new, assumed or known. */
  put(pod: Pod): void {
    const placed = this.#placed.get(pod.id);
    if (placed !== undefined) {
      const sameNode = this.#table.names[placed.node] === pod.spec.nodeName;
      if (sameNode && placed.kind === this.#table.kinds.of(pod)) {
        placed.pod = pod;
        placed.assumed = false;
        return;
      }
      this.#table.remove(placed);
    }
    this.#placed.set(pod.id, this.#table.place(pod, pod.spec.nodeName));
  }

  /** Frees the room of a pod; true if it had any. */
  remove(podId: number): boolean {
    const placed = this.#placed.get(podId);
    if (placed === undefined) return false;
    this.#table.remove(placed);
    this.#placed.delete(podId);
    return true;
  }
}
