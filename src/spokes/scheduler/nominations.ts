import type { PendingPod } from './plugin.js';

const NONE: readonly PendingPod[] = [];

/** Waiting pods that made room for themselves on a node: lesser pods must leave that room alone (backend/queue/nominator.go). */
export class Nominations {
  readonly #byNode: Map<string, Map<number, PendingPod>>;
  readonly #nodeOf: Map<number, string>;
  readonly #onChange: (nodeName: string) => void;

  /** `onChange` hears of the nodes that other pods are nominated for than before. */
  constructor(onChange: (nodeName: string) => void = () => {}) {
    this.#byNode = new Map();
    this.#nodeOf = new Map();
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#nodeOf.size;
  }

  /** Nominates a pod for a node, in place of the node it had; `''` only takes that away. */
  set(pod: PendingPod, nodeName: string): void {
    this.delete(pod.pod.id);
    if (nodeName === '') return;
    this.#nodeOf.set(pod.pod.id, nodeName);
    let pods = this.#byNode.get(nodeName);
    if (pods === undefined) {
      pods = new Map();
      this.#byNode.set(nodeName, pods);
    }
    pods.set(pod.pod.id, pod);
    this.#onChange(nodeName);
  }

  /** The node that a pod is nominated for. */
  nodeOf(podId: number): string | undefined {
    return this.#nodeOf.get(podId);
  }

  delete(podId: number): void {
    const nodeName = this.#nodeOf.get(podId);
    if (nodeName === undefined) return;
    this.#nodeOf.delete(podId);
    const pods = this.#byNode.get(nodeName)!;
    pods.delete(podId);
    if (pods.size === 0) this.#byNode.delete(nodeName);
    this.#onChange(nodeName);
  }

  /** The pods nominated for a node that a pod must leave room for: others of the same or a higher priority than its own. */
  above(priority: number, nodeName: string, self: number): readonly PendingPod[] {
    const pods = this.#byNode.get(nodeName);
    if (pods === undefined) return NONE;
    return [...pods.values()].filter((other) => other.pod.id !== self && other.kind.shape.priority >= priority);
  }

  /** The pods nominated for a node that are of lower priority. */
  below({ pod }: PendingPod, nodeName: string): readonly PendingPod[] {
    const pods = this.#byNode.get(nodeName);
    if (pods === undefined) return [];
    return [...pods.values()].filter((other) => other.kind.shape.priority < pod.spec.shape.priority);
  }
}
