import { emptyOut } from '../../api/empty-out.js';
import { ZERO } from '../../engine/zero.js';

/** Proposals that go to the disk together, as one raft ready: an entry of the log, from its forming to its commit. */
export class Batch {
  /** Numbers the proposals were made under. */
  readonly rows: number[];
  readonly sinceNs: number[];
  /** For a trace: what caused each. */
  readonly causes: number[];
  /** Whether any of them is work: a batch of leases alone is a chore, whatever was committed before it. */
  work: boolean;
  /** Its place in the log; 0 while it is being formed. */
  number: number;
  /** Members that have it on disk, a bit each. */
  holders: number;
  beganNs: number;
  encodedNs: number;
  /** When enough members had it. */
  syncedNs: number;

  constructor() {
    this.rows = [];
    this.sinceNs = [];
    this.causes = [];
    this.work = false;
    this.number = 0;
    this.holders = 0;
    this.beganNs = ZERO;
    this.encodedNs = ZERO;
    this.syncedNs = ZERO;
  }

  get size(): number {
    return this.rows.length;
  }

  add(row: number, nowNs: number, cause: number): void {
    this.rows.push(row);
    this.sinceNs.push(nowNs);
    this.causes.push(cause);
  }

  /** Takes out what was made before a moment, or all that `chosen` chooses; returns their rows in order. */
  take(chosen: (row: number, sinceNs: number) => boolean): number[] {
    const taken: number[] = [];
    let kept = 0;
    for (let i = 0; i < this.rows.length; i++) {
      if (chosen(this.rows[i]!, this.sinceNs[i]!)) {
        taken.push(this.rows[i]!);
        continue;
      }
      this.rows[kept] = this.rows[i]!;
      this.sinceNs[kept] = this.sinceNs[i]!;
      this.causes[kept++] = this.causes[i]!;
    }
    this.rows.length = kept;
    this.sinceNs.length = kept;
    this.causes.length = kept;
    return taken;
  }

  clear(): void {
    emptyOut(this.rows);
    emptyOut(this.sinceNs);
    emptyOut(this.causes);
    this.work = false;
    this.number = 0;
    this.holders = 0;
  }
}

/** Proposals of several batches together. */
export function sizeOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, { size }) => sum + size, 0);
}

/** How many members have a batch on disk. */
export function holderCount({ holders }: Batch): number {
  let count = 0;
  for (let rest = holders; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Whether any of several batches has a proposal that is work. */
export function holdsWork(batches: readonly Batch[]): boolean {
  for (const { work } of batches) if (work) return true;
  return false;
}
