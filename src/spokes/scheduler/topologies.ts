import type { Labels } from '../../api/labels.js';
import type { Node } from '../../api/node.js';
import type { Tally } from './tally.js';
import { TopologyKey } from './topology-key.js';
import { TopologyNodes } from './topology-nodes.js';
import { TopologySum } from './topology-sum.js';

/** The topology keys that plugins asked for, the nodes that count under them, and the tallies summed over those. */
export class Topologies {
  readonly #keys: Map<string, TopologyKey>;
  readonly #nodes: Map<string, TopologyNodes>;
  readonly #sums: Map<string, TopologySum>;

  constructor() {
    this.#keys = new Map();
    this.#nodes = new Map();
    this.#sums = new Map();
  }

  /** `capacity` is the length that an array by node index needs. */
  key(name: string, nodes: readonly (Node | undefined)[], capacity: number): TopologyKey {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = new TopologyKey(name, capacity);
      this.#keys.set(name, key);
      for (let node = 0; node < nodes.length; node++) key.update(node, nodes[node]?.metadata.labels);
    }
    return key;
  }

  /** A tally summed over the domains of a key, over the nodes that are eligible; `name` says which nodes those are. */
  sum(tally: Tally, key: TopologyKey, name: string, eligible: (node: number) => boolean): TopologySum {
    const domains = `${key.name} on ${name}`;
    const fullName = `${tally.name} over ${domains}`;
    let sum = this.#sums.get(fullName);
    if (sum === undefined) {
      sum = new TopologySum(tally, this.#nodesOf(domains, key, eligible));
      this.#sums.set(fullName, sum);
    }
    return sum;
  }

  #nodesOf(name: string, key: TopologyKey, eligible: (node: number) => boolean): TopologyNodes {
    let nodes = this.#nodes.get(name);
    if (nodes === undefined) {
      nodes = new TopologyNodes(key, eligible);
      this.#nodes.set(name, nodes);
    }
    return nodes;
  }

  /** A node came, left or changed, and has these labels now. */
  nodeChanged(node: number, labels: Labels | undefined): void {
    for (const key of this.#keys.values()) key.update(node, labels);
    for (const nodes of this.#nodes.values()) nodes.updateNode(node);
  }

  grow(capacity: number): void {
    for (const key of this.#keys.values()) key.grow(capacity);
    for (const nodes of this.#nodes.values()) nodes.grow(capacity);
  }
}
