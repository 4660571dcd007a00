import { newColumn, roomFor, widened } from '../../api/columns.js';
import type { Distribution } from '../../random/distribution.js';
import type { Stream } from '../../random/stream.js';
import { reachedInNs } from './reached-in.js';

/** What containers use of their node: bytes of memory, bytes of disk, files on it, process numbers. */
export const METERED = ['memory', 'disk', 'inodes', 'pids'] as const;
export type Metered = (typeof METERED)[number];

/** What a container uses of something: so much at first, and so much more every second. */
export interface AmountPlan {
  readonly first: Distribution | undefined;
  readonly growth: Distribution | undefined;
}

/** What a container uses of its node. */
export type UsagePlan = Readonly<Record<Metered, AmountPlan>>;

interface Columns {
  first: Float64Array;
  growth: Float64Array;
}

/** What containers, by row, use. Columns are there up to the last row that uses anything: none where nobody says. */
export class ContainerUsage {
  private readonly stream: Stream;
  private readonly columns: Readonly<Record<Metered, Columns>>;

  constructor(stream: Stream) {
    this.stream = stream;
    this.columns = { memory: empty(), disk: empty(), inodes: empty(), pids: empty() };
  }

  /** A container has started. */
  begin(row: number, plan: UsagePlan): void {
    for (const what of METERED) {
      const { first, growth } = plan[what];
      const columns = this.columns[what];
      // Few say anything of files and process numbers: without need they have no columns of their own.
      if (row >= columns.first.length && first === undefined && growth === undefined) continue;
      if (row >= columns.first.length) grow(columns, roomFor(row + 1, columns.first.length));
      columns.first[row] = this.draw(first);
      columns.growth[row] = this.draw(growth);
    }
  }

  /** What it uses `ageNs` after its start. */
  amount(what: Metered, row: number, ageNs: number): number {
    const { first, growth } = this.columns[what];
    return row < first.length ? first[row]! + (growth[row]! * ageNs) / 1e9 : 0;
  }

  /** By how much that grows every second. */
  growth(what: Metered, row: number): number {
    const { growth } = this.columns[what];
    return row < growth.length ? growth[row]! : 0;
  }

  /** How old it is when its memory comes to `limit` bytes; Infinity if it never does. */
  memoryAgeNs(row: number, limit: number): number {
    return reachedInNs(limit - this.amount('memory', row, 0), this.growth('memory', row));
  }

  private draw(amount: Distribution | undefined): number {
    return amount === undefined ? 0 : amount.sample(this.stream);
  }
}

function empty(): Columns {
  return { first: newColumn(Float64Array, 0), growth: newColumn(Float64Array, 0) };
}

function grow(columns: Columns, size: number): void {
  columns.first = widened(columns.first, size);
  columns.growth = widened(columns.growth, size);
}
