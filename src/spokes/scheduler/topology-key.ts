import { newColumn, widened } from '../../api/columns.js';
import type { Labels } from '../../api/labels.js';

/** A node label that divides the nodes into domains (`topology.kubernetes.io/zone`); its values are numbered densely. */
export class TopologyKey {
  readonly name: string;
  /** Number of the domain of each node; -1 where the node lacks the label or is not in the cluster. */
  domainOf: Int32Array;
  /** Names of the domains by number. */
  readonly domains: string[];
  readonly #numbers: Map<string, number>;

  constructor(name: string, capacity: number) {
    this.name = name;
    this.domainOf = newColumn(Int32Array, capacity, -1);
    this.domains = [];
    this.#numbers = new Map();
  }

  grow(capacity: number): void {
    this.domainOf = widened(this.domainOf, capacity, -1);
  }

  /** Takes over the labels of a node; undefined when it left the cluster. */
  update(node: number, labels: Labels | undefined): void {
    const value = labels !== undefined && Object.hasOwn(labels, this.name) ? labels[this.name] : undefined;
    this.domainOf[node] = value === undefined ? -1 : this.#numberOf(value);
  }

  #numberOf(value: string): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.domains.length;
      this.domains.push(value);
      this.#numbers.set(value, number);
    }
    return number;
  }
}
