import type { DaemonSet, DaemonSetSpec } from '../../../api/daemon-set.js';
import { matches } from '../../../api/label-selector.js';
import type { Node } from '../../../api/node.js';
import type { Pod } from '../../../api/pod.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { ObjectCache } from '../../../client/object-cache.js';
import { DaemonNode, type DaemonPod } from './daemon-node.js';
import { countsOn } from './daemon-pods.js';
import { DaemonTally } from './daemon-tally.js';
import { NEITHER, nodeEligibility } from './node-eligibility.js';
import { nodeFacts } from './node-facts.js';

/** Pods that are not yet the DaemonSet's in the cache come after all that are. */
const GUESTS_ORDER = 2 ** 52;

/**
 * The nodes of one DaemonSet with its pods. The original goes through all of them several times in every sync, and each
 * change of a pod is a sync: here only those are looked at anew of which something has changed.
 */
export class DaemonNodes {
  private readonly cache: ObjectCache<Node>;
  private readonly byName: Map<string, DaemonNode>;
  private readonly pods: Map<number, DaemonPod>;
  /** Adopted, but not yet so in the cache. */
  private guests: readonly DaemonPod[];
  /** Of the pods: those that the selector does not match. */
  private readonly unselected: Set<number>;
  /** Names of the nodes that have changed since the last sync began, and whether they have come or gone. */
  private readonly changed: Map<string, boolean>;
  /** Nodes whose facts are out of date. */
  private readonly stale: Set<DaemonNode>;
  private readonly tally: DaemonTally;
  private spec: DaemonSetSpec;
  private hash: string;
  private nowNs: number;
  private arrivals: number;

  constructor({ spec }: DaemonSet, cache: ObjectCache<Node>, pods: Iterable<Pod>) {
    this.cache = cache;
    this.byName = new Map();
    this.pods = new Map();
    this.guests = [];
    this.unselected = new Set();
    this.changed = new Map();
    this.stale = new Set();
    this.tally = new DaemonTally();
    this.spec = spec;
    this.hash = '';
    this.nowNs = 0;
    this.arrivals = 0;
    for (const { metadata } of cache.values()) this.nodeCameOrWent(metadata.name);
    for (const pod of pods) this.putPod(pod);
  }

  /** Whether there is no pod that the DaemonSet would have to release. */
  get selectsAll(): boolean {
    return this.unselected.size === 0;
  }

  nodeChanged(name: string): void {
    if (!this.changed.has(name)) this.changed.set(name, false);
  }

  /** Those that come stand behind all others. */
  nodeCameOrWent(name: string): void {
    this.changed.delete(name);
    this.changed.set(name, true);
  }

  /** A new pod stands behind all others, a new version of one where it stood before. */
  putPod(pod: Pod): void {
    const known = this.pods.get(pod.id);
    if (known !== undefined) this.leave(known);
    this.pods.set(pod.id, this.enter(pod, known?.order ?? this.arrivals++));
    this.select(pod);
  }

  dropPod(id: number): void {
    const known = this.pods.get(id);
    if (known === undefined) return;
    this.leave(known);
    this.pods.delete(id);
    this.unselected.delete(id);
  }

  /** A sync begins: until the next one nodes are what they are now. `shape` is the template's with the daemon tolerations. */
  begin({ spec }: DaemonSet, shape: PodShape): void {
    if (spec !== this.spec) {
      this.spec = spec;
      for (const name of this.byName.keys()) this.nodeChanged(name);
      for (const { pod } of this.pods.values()) this.select(pod);
    }
    for (const [name, cameOrWent] of this.changed) {
      const known = this.named(name);
      const node = this.cache.get('', name);
      if (node !== undefined && cameOrWent) known.order = this.arrivals++;
      known.node = node;
      known.eligibility = node === undefined ? NEITHER : nodeEligibility(node, shape, spec.nodeName);
      this.stale.add(known);
    }
    this.changed.clear();
  }

  /** What nodes and pods come to now; `adopted` are pods that the cache may still show as orphans. */
  look(hash: string, nowNs: number, adopted: readonly Pod[]): DaemonTally {
    for (const guest of this.guests) this.leave(guest);
    const guests = adopted.filter(({ id }) => !this.pods.has(id));
    this.guests = guests.map((pod, index) => this.enter(pod, GUESTS_ORDER + index));
    // The clock may have been set back.
    if (hash !== this.hash || nowNs < this.nowNs) for (const node of this.byName.values()) this.stale.add(node);
    this.hash = hash;
    this.nowNs = nowNs;
    for (const node of this.tally.ripening) if (node.facts!.dueNs <= nowNs) this.stale.add(node);
    for (const node of this.stale) this.weigh(node);
    this.stale.clear();
    return this.tally;
  }

  private weigh(known: DaemonNode): void {
    const { spec, hash, nowNs } = this;
    const { name, node, eligibility } = known;
    const exists = node !== undefined;
    const pods = known.pods.map(({ pod }) => pod);
    const counts = exists || pods.length > 0;
    this.tally.put(known, counts ? nodeFacts({ spec, hash, nowNs, exists, eligibility, pods }) : undefined);
    if (!counts) this.byName.delete(name);
  }

  private enter(pod: Pod, order: number): DaemonPod {
    const name = countsOn(pod);
    const node = name === undefined ? undefined : this.named(name);
    const entered = { pod, order, node };
    if (node === undefined) return entered;
    node.pods.push(entered);
    node.pods.sort((a, b) => a.order - b.order);
    this.stale.add(node);
    return entered;
  }

  private leave(pod: DaemonPod): void {
    const { node } = pod;
    if (node === undefined) return;
    node.pods.splice(node.pods.indexOf(pod), 1);
    this.stale.add(node);
  }

  private select({ id, metadata }: Pod): void {
    if (matches(this.spec.selector, metadata.labels)) this.unselected.delete(id);
    else this.unselected.add(id);
  }

  private named(name: string): DaemonNode {
    let node = this.byName.get(name);
    if (node === undefined) {
      node = new DaemonNode(name);
      this.byName.set(name, node);
    }
    return node;
  }
}
