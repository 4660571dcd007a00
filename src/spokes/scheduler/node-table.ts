import { newColumn, widened } from '../../api/columns.js';
import type { Node } from '../../api/node.js';
import type { Pod } from '../../api/pod.js';
import { zoneKey } from '../../api/zone-key.js';
import { sameForScheduling } from './cluster-event.js';
import { NodeOrder } from './node-order.js';
import { PlacedPod } from './placed-pod.js';
import { type PodKind, PodKinds } from './pod-kind.js';
import { type Amount, ResourceColumns } from './resource-columns.js';
import { Tallies } from './tallies.js';
import type { Tally, TallyScope } from './tally.js';
import { Topologies } from './topologies.js';
import type { TopologyKey } from './topology-key.js';
import type { TopologySum } from './topology-sum.js';
import { UsedPorts } from './used-ports.js';

const INITIAL_CAPACITY = 64;

/**
 * Everything the scheduler knows of nodes and of the pods on them, in columns by dense node index. A node keeps its
 * index while it or any pod on it is known; a node that is gone but still has pods is in no search order.
 *
 * A search touches hundreds of nodes per pod and thousands of pods per second, hence typed arrays; each node carries
 * two version numbers so that answers worked out for it can be kept until it really changed.
 */
export class NodeTable {
  readonly kinds: PodKinds;
  readonly resources: ResourceColumns;
  /** The node objects; undefined where only pods are known. */
  readonly nodes: (Node | undefined)[];
  readonly names: string[];
  readonly pods: PlacedPod[][];
  allowedPods: Float64Array;
  /** Sums of the requests as scoring counts them (100m and 200 MiB where a container states none). */
  nonZeroMilliCpu: Float64Array;
  nonZeroMemory: Float64Array;
  readonly ports: UsedPorts;
  /** Grows when the node object changes. Never 0. */
  nodeVersion: Uint32Array;
  /** Grows when the node object or the pods on the node change. Never 0. */
  version: Uint32Array;
  /** Grows with `version`, but not in a trial, and when other room is reserved on the node. Never 0. */
  lastingVersion: Uint32Array;
  /** Grows when any node object changes. */
  nodesVersion: number;
  /** Number of placed pods by priority. */
  #placed: number;
  readonly #priorities: Map<number, number>;
  readonly #order: NodeOrder;
  readonly #indexes: Map<string, number>;
  readonly #free: number[];
  readonly #requests: Map<PodKind, readonly Amount[]>;
  readonly #tallies: Tallies;
  #isTrial: boolean;
  readonly #topologies: Topologies;

  constructor() {
    this.kinds = new PodKinds((kind) => this.#tallies.meet(kind));
    this.resources = new ResourceColumns(INITIAL_CAPACITY);
    this.nodes = [];
    this.names = [];
    this.pods = [];
    this.allowedPods = newColumn(Float64Array, INITIAL_CAPACITY);
    this.nonZeroMilliCpu = newColumn(Float64Array, INITIAL_CAPACITY);
    this.nonZeroMemory = newColumn(Float64Array, INITIAL_CAPACITY);
    this.ports = new UsedPorts();
    this.nodeVersion = newColumn(Uint32Array, INITIAL_CAPACITY, 1);
    this.version = newColumn(Uint32Array, INITIAL_CAPACITY, 1);
    this.lastingVersion = newColumn(Uint32Array, INITIAL_CAPACITY, 1);
    this.nodesVersion = 0;
    this.#placed = 0;
    this.#priorities = new Map();
    this.#order = new NodeOrder();
    this.#indexes = new Map();
    this.#free = [];
    this.#requests = new Map();
    this.#tallies = new Tallies();
    this.#isTrial = false;
    this.#topologies = new Topologies();
  }

  /** Number of nodes in the search order. */
  get size(): number {
    return this.#order.size;
  }

  /** Number of pods on nodes. */
  get placed(): number {
    return this.#placed;
  }

  /** Length that an array by node index needs. */
  get capacity(): number {
    return this.version.length;
  }

  /** Node indexes in search order; valid until nodes change. */
  order(): Int32Array {
    return this.#order.list();
  }

  /** How the search order has changed, block by block. */
  get changes(): Pick<NodeOrder, 'blockVersions' | 'lookAtChanged'> {
    return this.#order;
  }

  /** Index of a node that is known, which those are not of which only pods are. */
  indexOf(name = ''): number | undefined {
    const index = this.#indexes.get(name);
    return index === undefined || this.nodes[index] === undefined ? undefined : index;
  }

  /** Adds a node or takes over its new version; returns its index. */
  setNode(node: Node): number {
    const index = this.#indexFor(node.metadata.name);
    const before = this.nodes[index];
    this.nodes[index] = node;
    if (before !== undefined && sameForScheduling(before, node)) return index;
    const zone = zoneKey(node.metadata.labels);
    if (before === undefined) this.#order.add(index, zone);
    else this.#order.update(index, zone);
    this.resources.setAllocatable(index, node.status.allocatable);
    this.allowedPods[index] = node.status.allocatable.pods;
    this.#nodeChanged(index);
    return index;
  }

  removeNode(name: string): void {
    const index = this.indexOf(name);
    if (index === undefined) return;
    this.nodes[index] = undefined;
    this.#order.remove(index);
    this.#nodeChanged(index);
    this.#releaseIfEmpty(index);
  }

  /** Puts a pod on a node, which need not be known yet. */
  place(pod: Pod, nodeName: string): PlacedPod {
    return this.placeAt(pod, this.#indexFor(nodeName));
  }

  /** The same by the index of the node. */
  placeAt(pod: Pod, node: number): PlacedPod {
    const kind = this.kinds.of(pod);
    const placed = new PlacedPod(pod, kind, this.requestsOf(kind), node);
    this.restore(placed);
    return placed;
  }

  /** Puts a pod back that `remove` took away; its node must still be known. */
  restore(placed: PlacedPod): void {
    const pods = this.pods[placed.node]!;
    placed.position = pods.length;
    pods.push(placed);
    this.#count(placed, 1);
  }

  remove(placed: PlacedPod): void {
    const pods = this.pods[placed.node]!;
    const last = pods.pop()!;
    if (last !== placed) {
      pods[placed.position] = last;
      last.position = placed.position;
    }
    placed.position = -1;
    this.#count(placed, -1);
    this.#releaseIfEmpty(placed.node);
  }

  /** Whether any placed pod has a priority below the given one. */
  hasPriorityBelow(priority: number): boolean {
    for (const [other, pods] of this.#priorities) if (other < priority && pods > 0) return true;
    return false;
  }

  /** Other room is reserved on a node, which need not be known. */
  reserved(nodeName: string): void {
    const node = this.#indexes.get(nodeName);
    if (node !== undefined) this.#changed(node);
  }

  /** What pods of a kind request, by resource column. */
  requestsOf(kind: PodKind): readonly Amount[] {
    let amounts = this.#requests.get(kind);
    if (amounts === undefined) {
      amounts = this.resources.amounts(kind.shape.requests);
      this.#requests.set(kind, amounts);
    }
    return amounts;
  }

  /** The tally called `name` ({@link Tallies.of}). */
  tally(name: string, scope: TallyScope): Tally {
    return this.#tallies.of(name, scope, this.kinds);
  }

  /** Marks a kind of pods for tallies that want such. */
  mark(kind: PodKind, mark: string): void {
    if (this.kinds.mark(kind, mark)) this.#tallies.marked(kind, mark);
  }

  /** Counts all tallies anew: what they match has changed. */
  recount(): void {
    this.#tallies.recount(this.kinds);
  }

  /**
   * Runs what takes pods from a node and puts them back, or the other way round. As on a copy of the node, it leaves no
   * trace; tallies follow as what PreFilter counted does (PreFilterExtensions).
   */
  trial<T>(node: number, run: () => T): T {
    const outer = this.#isTrial;
    this.#isTrial = true;
    const result = this.ports.trial(node, run);
    this.#isTrial = outer;
    return result;
  }

  topologyKey(name: string): TopologyKey {
    return this.#topologies.key(name, this.nodes, this.capacity);
  }

  /** A tally summed over the domains of a key ({@link Topologies.sum}). */
  sum(tally: Tally, key: TopologyKey, name: string, eligible: (node: number) => boolean): TopologySum {
    return this.#topologies.sum(tally, key, name, eligible);
  }

  #count(placed: PlacedPod, sign: 1 | -1): void {
    const { node, kind } = placed;
    this.#placed += sign;
    kind.perNode.add(node, sign);
    this.resources.request(node, placed.requests, sign);
    this.nonZeroMilliCpu[node]! += sign * kind.shape.nonZeroMilliCpu;
    this.nonZeroMemory[node]! += sign * kind.shape.nonZeroMemory;
    const { hostPorts, priority } = kind.shape;
    if (sign > 0) this.ports.take(node, hostPorts);
    else this.ports.free(node, hostPorts);
    this.#priorities.set(priority, (this.#priorities.get(priority) ?? 0) + sign);
    for (const tally of kind.tallies) tally.add(node, sign);
    if (this.#isTrial) for (const tally of kind.followers) tally.add(node, sign);
    this.#changed(node);
  }

  #changed(node: number): void {
    this.version[node]! += 1;
    if (!this.#isTrial) this.lastingVersion[node]! += 1;
    this.#order.touch(node);
  }

  #nodeChanged(index: number): void {
    this.#topologies.nodeChanged(index, this.nodes[index]?.metadata.labels);
    this.nodesVersion++;
    this.nodeVersion[index]! += 1;
    this.#changed(index);
  }

  #indexFor(name: string): number {
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.#free.pop() ?? this.nodes.length;
      if (index >= this.capacity) this.#grow(this.capacity * 2);
      this.nodes[index] = undefined;
      this.names[index] = name;
      this.pods[index] ??= [];
      this.#indexes.set(name, index);
    }
    return index;
  }

  #releaseIfEmpty(index: number): void {
    if (this.nodes[index] !== undefined || this.pods[index]!.length > 0) return;
    this.#indexes.delete(this.names[index]!);
    this.#free.push(index);
  }

  #grow(capacity: number): void {
    this.resources.grow(capacity);
    this.allowedPods = widened(this.allowedPods, capacity);
    this.nonZeroMilliCpu = widened(this.nonZeroMilliCpu, capacity);
    this.nonZeroMemory = widened(this.nonZeroMemory, capacity);
    this.nodeVersion = widened(this.nodeVersion, capacity, 1);
    this.version = widened(this.version, capacity, 1);
    this.lastingVersion = widened(this.lastingVersion, capacity, 1);
    this.#topologies.grow(capacity);
  }
}
