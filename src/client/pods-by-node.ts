import type { Pod } from '../api/pod.js';
import type { Informer } from './informer.js';

/**
 * The pods of an informer by the node they are bound to (the index `spec.nodeName`). It is built when it is first
 * asked for: most runs lose no node, and an entry for each of a million pods is not free.
 */
export class PodsByNode {
  private readonly pods: Informer<Pod>;
  private byNode: Map<string, Map<number, Pod>> | undefined;

  constructor(pods: Informer<Pod>) {
    this.pods = pods;
    this.byNode = undefined;
    pods.addHandler({
      added: (pod) => this.put(pod),
      updated: (previous, pod) => {
        if (previous.spec.nodeName !== pod.spec.nodeName) this.remove(previous);
        this.put(pod);
      },
      deleted: (pod) => this.remove(pod),
    });
  }

  /** The pods bound to a node, as they are now. */
  on(nodeName: string): readonly Pod[] {
    if (this.byNode === undefined) {
      this.byNode = new Map();
      for (const pod of this.pods.cache.values()) this.put(pod);
    }
    return [...(this.byNode.get(nodeName)?.values() ?? [])];
  }

  private put(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (this.byNode === undefined || nodeName === '') return;
    let pods = this.byNode.get(nodeName);
    if (pods === undefined) {
      pods = new Map();
      this.byNode.set(nodeName, pods);
    }
    pods.set(pod.id, pod);
  }

  private remove(pod: Pod): void {
    const pods = this.byNode?.get(pod.spec.nodeName);
    if (pods === undefined) return;
    pods.delete(pod.id);
    if (pods.size === 0) this.byNode?.delete(pod.spec.nodeName);
  }
}
