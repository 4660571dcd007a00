import type { DaemonSet } from '../../../api/daemon-set.js';
import { DAEMON_SET } from '../../../api/kind.js';
import { controllerOf } from '../../../api/meta.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { Informer } from '../../../client/informer.js';
import { DaemonNodes } from './daemon-nodes.js';

/** The nodes and pods of every DaemonSet, kept up to date change by change. */
export class DaemonNodesBySet {
  private readonly nodes: Informer<Node>;
  private readonly pods: Informer<Pod>;
  private readonly bySet: Map<number, DaemonNodes>;

  constructor(nodes: Informer<Node>, pods: Informer<Pod>) {
    this.nodes = nodes;
    this.pods = pods;
    this.bySet = new Map();
    nodes.addHandler({
      added: (node) => this.nodeCameOrWent(node),
      updated: (previous, node) => {
        if (!looksTheSame(previous, node))
          for (const known of this.bySet.values()) known.nodeChanged(node.metadata.name);
      },
      deleted: (node) => this.nodeCameOrWent(node),
    });
    pods.addHandler({
      added: (pod) => this.ownerOf(pod)?.putPod(pod),
      updated: (previous, pod) => this.podUpdated(previous, pod),
      deleted: (_, last) => {
        if (last !== undefined) this.ownerOf(last)?.dropPod(last.id);
      },
    });
  }

  /** Those of a DaemonSet, which are gone through when they are asked for first. */
  of(set: DaemonSet): DaemonNodes {
    let known = this.bySet.get(set.id);
    if (known === undefined) {
      known = new DaemonNodes(set, this.nodes.cache, this.pods.cache.ownedBy(DAEMON_SET.id, set.id).values());
      this.bySet.set(set.id, known);
    }
    return known;
  }

  forget(setId: number): void {
    this.bySet.delete(setId);
  }

  private nodeCameOrWent({ metadata }: Node): void {
    for (const known of this.bySet.values()) known.nodeCameOrWent(metadata.name);
  }

  /** A pod with new owners stands behind all others, as it does in the cache. */
  private podUpdated(previous: Pod, pod: Pod): void {
    if (this.bySet.size === 0) return;
    if (previous.metadata.ownerReferences !== pod.metadata.ownerReferences)
      this.ownerOf(previous)?.dropPod(previous.id);
    this.ownerOf(pod)?.putPod(pod);
  }

  private ownerOf({ metadata }: Pod): DaemonNodes | undefined {
    const owner = controllerOf(metadata);
    return owner?.kindId === DAEMON_SET.id ? this.bySet.get(owner.id) : undefined;
  }
}

/** Whether nothing has changed that a DaemonSet looks at, as with heartbeats (shouldIgnoreNodeUpdate). */
export function looksTheSame(previous: Node, node: Node): boolean {
  return previous.metadata.labels === node.metadata.labels && previous.spec.taints === node.spec.taints;
}
