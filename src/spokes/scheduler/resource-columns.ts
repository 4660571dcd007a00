import { newColumn, widened } from '../../api/columns.js';
import type { Resources } from '../../api/resources.js';

/** Columns that every table has; extended resources get the next free number when they first appear. */
export const CPU = 0;
export const MEMORY = 1;
export const EPHEMERAL_STORAGE = 2;

/** One resource that something asks for or offers: its column and the amount. */
export interface Amount {
  readonly column: number;
  readonly amount: number;
}

/** Allocatable and requested resources of all nodes, one typed array per resource. Requested never counts pods (see NodeTable). */
export class ResourceColumns {
  readonly allocatable: Float64Array[];
  readonly requested: Float64Array[];
  /** Resource names by column, worded as in `Insufficient …`. */
  readonly names: string[];
  readonly #columns: Map<string, number>;
  #capacity: number;

  constructor(capacity: number) {
    this.allocatable = [];
    this.requested = [];
    this.names = [];
    this.#columns = new Map();
    this.#capacity = capacity;
    for (const name of ['cpu', 'memory', 'ephemeral-storage']) this.column(name);
  }

  column(name: string): number {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.names.length;
      this.names.push(name);
      this.allocatable.push(newColumn(Float64Array, this.#capacity));
      this.requested.push(newColumn(Float64Array, this.#capacity));
      this.#columns.set(name, column);
    }
    return column;
  }

  /** The non-zero amounts of a request; extended resources sorted by name, as messages list them. */
  amounts(resources: Resources): readonly Amount[] {
    const amounts: Amount[] = [];
    if (resources.milliCpu > 0) amounts.push({ column: CPU, amount: resources.milliCpu });
    if (resources.memory > 0) amounts.push({ column: MEMORY, amount: resources.memory });
    if (resources.ephemeralStorage > 0) amounts.push({ column: EPHEMERAL_STORAGE, amount: resources.ephemeralStorage });
    for (const name of [...resources.extended.keys()].sort()) {
      const amount = resources.extended.get(name)!;
      if (amount !== 0) amounts.push({ column: this.column(name), amount });
    }
    return amounts;
  }

  setAllocatable(node: number, resources: Resources): void {
    for (const column of this.allocatable) column[node] = 0;
    for (const { column, amount } of this.amounts(resources)) this.allocatable[column]![node] = amount;
  }

  /** Adds a request to a node; sign -1 takes it away. */
  request(node: number, amounts: readonly Amount[], sign: 1 | -1): void {
    for (const { column, amount } of amounts) this.requested[column]![node]! += sign * amount;
  }

  grow(capacity: number): void {
    this.#capacity = capacity;
    for (const columns of [this.allocatable, this.requested]) {
      for (let i = 0; i < columns.length; i++) columns[i] = widened(columns[i]!, capacity);
    }
  }
}
