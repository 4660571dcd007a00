/** Completion indexes from one to another, both included. */
interface Interval {
  readonly first: number;
  readonly last: number;
}

/**
 * Completion indexes as a Job's status keeps them (`1,3-5`): intervals, for a Job can have a hundred thousand
 * (indexed_job_utils.go orderedIntervals). Never changed.
 */
export class IndexSet {
  private readonly intervals: readonly Interval[];

  private constructor(intervals: readonly Interval[]) {
    this.intervals = intervals;
  }

  static readonly EMPTY: IndexSet = new IndexSet([]);

  static of(indexes: Iterable<number>): IndexSet {
    return IndexSet.EMPTY.with(indexes);
  }

  /** Reads `1,3-5`, leaving out what is malformed and what is not below `completions` (parseIndexesFromString). */
  static parse(text: string, completions: number): IndexSet {
    const intervals: Interval[] = [];
    for (const part of text.split(',')) {
      const [low = '', high = low] = part.split('-');
      if (!isInteger(low)) continue;
      const first = Number(low);
      if (first >= completions) break;
      if (!isInteger(high)) continue;
      const last = Math.min(Number(high), completions - 1);
      const before = intervals.at(-1);
      if (before?.last === first - 1) intervals[intervals.length - 1] = { first: before.first, last };
      else intervals.push({ first, last });
    }
    return new IndexSet(intervals);
  }

  /** How many indexes there are. */
  get size(): number {
    return this.intervals.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  }

  has(index: number): boolean {
    let low = 0;
    let high = this.intervals.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.intervals[middle]!.last >= index) high = middle;
      else low = middle + 1;
    }
    const at = this.intervals[low];
    return at !== undefined && at.first <= index;
  }

  /** How many of these indexes the other set has too. */
  overlap(other: IndexSet): number {
    let count = 0;
    for (const a of this.intervals)
      for (const b of other.intervals) count += Math.max(0, Math.min(a.last, b.last) - Math.max(a.first, b.first) + 1);
    return count;
  }

  with(indexes: Iterable<number>): IndexSet {
    const added = [...new Set(indexes)].sort((a, b) => a - b).map((index) => ({ first: index, last: index }));
    return added.length === 0 ? this : this.union(new IndexSet(added));
  }

  union(other: IndexSet): IndexSet {
    const sorted = [...this.intervals, ...other.intervals].sort((a, b) => a.first - b.first);
    const merged: Interval[] = [];
    for (const next of sorted) {
      const before = merged.at(-1);
      if (before === undefined || next.first > before.last + 1) merged.push(next);
      else if (before.last < next.last) merged[merged.length - 1] = { first: before.first, last: next.last };
    }
    return new IndexSet(merged);
  }

  /** The lowest indexes below `completions` that are not in the set, at most `count` of them (firstPendingIndexes). */
  firstMissing(count: number, completions: number): readonly number[] {
    const missing: number[] = [];
    let candidate = 0;
    for (const { first, last } of [...this.intervals, { first: completions, last: completions }]) {
      for (; candidate < Math.min(first, completions) && missing.length < count; candidate++) missing.push(candidate);
      candidate = Math.max(candidate, last + 1);
    }
    return missing;
  }

  toString(): string {
    return this.intervals.map(intervalText).join(',');
  }
}

function intervalText({ first, last }: Interval): string {
  if (last <= first) return `${first}`;
  return last === first + 1 ? `${first},${last}` : `${first}-${last}`;
}

function isInteger(text: string): boolean {
  return /^[+-]?[0-9]+$/.test(text);
}
