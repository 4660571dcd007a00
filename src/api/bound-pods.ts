import type { Pod } from './pod.js';

/** Pods by the node that they are bound to. */
export class BoundPods {
  private readonly byNode: Map<string, Map<number, Pod>>;

  constructor(pods: Iterable<Pod>) {
    this.byNode = new Map();
    for (const pod of pods) this.put(pod);
  }

  /** Those of a node, in the order in which they came to it. */
  on(nodeName: string): readonly Pod[] {
    return [...(this.byNode.get(nodeName)?.values() ?? [])];
  }

  put(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (nodeName === '') return;
    let pods = this.byNode.get(nodeName);
    if (pods === undefined) {
      pods = new Map();
      this.byNode.set(nodeName, pods);
    }
    pods.set(pod.id, pod);
  }

  remove(pod: Pod): void {
    const pods = this.byNode.get(pod.spec.nodeName);
    if (pods === undefined) return;
    pods.delete(pod.id);
    if (pods.size === 0) this.byNode.delete(pod.spec.nodeName);
  }
}
