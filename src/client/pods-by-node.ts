import { BoundPods } from '../api/bound-pods.js';
import type { Pod } from '../api/pod.js';
import type { Informer } from './informer.js';
import type { Part } from './poller.js';

/**
 * The pods of an informer by the node they are bound to (the index `spec.nodeName`). It is built when it is first
 * asked for: most runs lose no node, and an entry for each of a million pods is not free.
 */
export class PodsByNode {
  private readonly pods: Informer<Pod>;
  private bound: BoundPods | undefined;

  constructor(pods: Informer<Pod>) {
    this.pods = pods;
    this.bound = undefined;
    pods.addHandler({
      added: (pod) => this.bound?.put(pod),
      updated: (previous, pod) => {
        if (previous.spec.nodeName !== pod.spec.nodeName) this.bound?.remove(previous);
        this.bound?.put(pod);
      },
      deleted: (pod) => this.bound?.remove(pod),
    });
  }

  /** The pods bound to a node, as they are now. */
  on(nodeName: string): readonly Pod[] {
    this.bound ??= new BoundPods(this.pods.cache.values());
    return this.bound.on(nodeName);
  }

  /** The same in the order of the informer's cache. */
  inOrder(nodeName: string): readonly Pod[] {
    return this.pods.cache.inOrder(this.on(nodeName));
  }

  /** What a kubelet asks for that polls. */
  part(nodeName: string): Part {
    return {
      request: { nodeName, selects: (pod) => (pod as Pod).spec.nodeName === nodeName },
      known: () => this.inOrder(nodeName),
    };
  }
}
