import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/api/node.js';
import { type Pod, PodSpec } from '../../../src/api/pod.js';
import { Streams } from '../../../src/random/streams.js';
import { defaultPlugins } from '../../../src/spokes/scheduler/default-profile.js';
import { NodeTable } from '../../../src/spokes/scheduler/node-table.js';
import type { PlacedPod } from '../../../src/spokes/scheduler/placed-pod.js';
import { Profile } from '../../../src/spokes/scheduler/profile.js';
import { Search } from '../../../src/spokes/scheduler/search.js';
import { plainSearch } from './plain-search.js';
import { RANDOM_LISTERS, RandomCluster } from './random-cluster.js';

const RUNS = 8;
const STEPS = 45;

/** One cluster, driven through the search and through its slow twin at once. */
class Twins {
  readonly table: NodeTable;
  readonly search: Search;
  readonly placed: PlacedPod[];
  readonly #random: RandomCluster;
  readonly #streams: Streams;
  readonly #plainTies: ReturnType<Streams['stream']>;
  #plainStart: number;
  #nodesMade: number;

  constructor(seed: number) {
    this.#streams = new Streams(seed);
    this.#random = new RandomCluster(this.#streams.stream('cluster'));
    this.table = new NodeTable();
    const profile = new Profile('default-scheduler', defaultPlugins(this.table, true, RANDOM_LISTERS));
    this.search = new Search(this.table, profile, 0, this.#streams.stream('ties'));
    this.#plainTies = new Streams(seed).stream('ties');
    this.placed = [];
    this.#plainStart = 0;
    this.#nodesMade = 0;
  }

  addNodes(count: number): void {
    for (let i = 0; i < count; i++) this.table.setNode(this.#random.node(this.#nodesMade++));
  }

  step(): void {
    const random = this.#random;
    if (random.chance(6)) this.addNodes(1);
    if (random.chance(6)) this.#changeNode();
    if (random.chance(3)) this.#dropNode();
    if (random.chance(12) && this.placed.length > 0) this.#removePod();
    if (random.chance(8) && this.placed.length > 0) this.#terminatePod();
    this.schedule();
  }

  #nodes(): Node[] {
    return Array.from(this.table.order(), (index) => this.table.nodes[index]!);
  }

  #changeNode(): void {
    const nodes = this.#nodes();
    if (nodes.length === 0) return;
    const { id } = this.#random.pick(nodes);
    this.table.setNode(this.#random.node(id));
  }

  /** The pods of a node that left stay known, as nobody has deleted them yet. */
  #dropNode(): void {
    const nodes = this.#nodes();
    if (nodes.length > 1) this.table.removeNode(this.#random.pick(nodes).metadata.name);
  }

  #removePod(): void {
    this.#remove(this.#random.pick(this.placed));
  }

  #terminatePod(): void {
    const victim = this.#random.pick(this.placed);
    const name = this.table.names[victim.node]!;
    this.#remove(victim);
    const { pod } = victim;
    this.#place(pod.withMetadata(pod.metadata.with({ deletionTimestampNs: 1 })), name);
  }

  #remove(placed: PlacedPod): void {
    this.placed.splice(this.placed.indexOf(placed), 1);
    this.table.remove(placed);
  }

  #place(pod: Pod, nodeName: string): void {
    const bound = pod.withSpec(new PodSpec(pod.spec.shape, nodeName));
    this.placed.push(this.table.place(bound, nodeName));
  }

  /** Both twins place one more pod; they must agree on where, and why not. */
  schedule(): void {
    const pod = this.#random.pod();
    const plainNodes = this.#nodes().map((node) => ({
      node,
      pods: this.placed
        .filter(({ pod: other }) => other.spec.nodeName === node.metadata.name)
        .map((placed) => placed.pod),
    }));
    const plain = plainSearch(plainNodes, pod, this.#plainStart, RANDOM_LISTERS, this.#plainTies);
    this.#plainStart = (this.#plainStart + plain.processed) % plainNodes.length;
    const decision = this.search.find({ pod, kind: this.table.kinds.of(pod) });
    const node = decision.node < 0 ? undefined : this.table.names[decision.node];
    const message = decision.diagnosis?.message;
    expect({ node, feasible: decision.feasible, processed: decision.filtered, message }).toEqual(plain);
    if (node !== undefined) this.#place(pod, node);
  }
}

describe('search', () => {
  test('chooses as its slow twin does, whatever the cluster and the order of events', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 25 }), (seed, nodes) => {
        const twins = new Twins(seed);
        twins.addNodes(nodes);
        for (let i = 0; i < STEPS; i++) twins.step();
      }),
      { seed: 1, numRuns: RUNS },
    );
  });

  test('samples large clusters as its slow twin does', () => {
    const twins = new Twins(7);
    twins.addNodes(260);
    for (let i = 0; i < 20; i++) twins.step();
  });

  test('places every pod of 1,000 small clusters as its slow twin does', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const twins = new Twins(seed);
      twins.addNodes(1 + (seed % 6));
      for (let i = 0; i < 8; i++) twins.step();
    }
  });
});
