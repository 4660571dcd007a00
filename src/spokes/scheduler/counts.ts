import { newColumn, widened } from '../../api/columns.js';

/** With one index in so many, a column is quicker to read than a map, and takes a few times its room at most. */
const SPARSE = 64;
/** Of fewer entries no column is made. */
const FEW = 16;
const NO_COLUMN: Int32Array = new Int32Array(0);

/**
 * Numbers by dense index, nearly all 0 in a large cluster: the pods of one Deployment by node. A map of the others while they
 * are few, a column from then on. So thousands of Deployments on thousands of nodes do not take their product.
 */
export class Counts {
  private few: Map<number, number> | undefined;
  private column: Int32Array;
  private highest: number;

  constructor() {
    this.few = new Map();
    this.column = NO_COLUMN;
    this.highest = 0;
  }

  of(index: number): number {
    const { few, column } = this;
    if (few !== undefined) return few.size === 0 ? 0 : (few.get(index) ?? 0);
    return index < column.length ? column[index]! : 0;
  }

  add(index: number, amount: number): void {
    if (index > this.highest) this.highest = index;
    if (this.few === undefined) {
      if (index >= this.column.length) this.column = widened(this.column, 2 * index);
      this.column[index]! += amount;
      return;
    }
    const count = (this.few.get(index) ?? 0) + amount;
    if (count === 0) this.few.delete(index);
    else this.few.set(index, count);
    if (this.few.size > FEW && this.few.size * SPARSE > this.highest) this.becomeColumn(this.few);
  }

  /** Those that are not 0. */
  entries(): Iterable<readonly [index: number, count: number]> {
    return this.few ?? [...this.column.entries()].filter(([, count]) => count !== 0);
  }

  clear(): void {
    this.few?.clear();
    this.column.fill(0);
  }

  private becomeColumn(few: ReadonlyMap<number, number>): void {
    this.column = newColumn(Int32Array, this.highest + 1);
    for (const [index, count] of few) this.column[index] = count;
    this.few = undefined;
  }
}
