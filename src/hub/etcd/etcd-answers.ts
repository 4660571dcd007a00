import type { WatchEvent } from '../../api/watch.js';

/** What is on its way back from etcd, in the order of the log: changes of the store, and answers by the rows of their calls. */
export class EtcdAnswers {
  /** The commit behind which each comes. */
  readonly commits: number[];
  /** Undefined for an answer. */
  readonly changes: (WatchEvent | undefined)[];
  readonly slots: number[];
  /** Whether an answer is of a read. */
  readonly reads: boolean[];
  /** For a trace. */
  readonly causes: number[];

  constructor(commits: number[] = [], of?: EtcdAnswers) {
    const count = commits.length;
    this.commits = commits;
    this.changes = of?.changes.splice(0, count) ?? [];
    this.slots = of?.slots.splice(0, count) ?? [];
    this.reads = of?.reads.splice(0, count) ?? [];
    this.causes = of?.causes.splice(0, count) ?? [];
  }

  get size(): number {
    return this.commits.length;
  }

  add(commit: number, change: WatchEvent | undefined, slot: number, read: boolean, cause: number): void {
    this.commits.push(commit);
    this.changes.push(change);
    this.slots.push(slot);
    this.reads.push(read);
    this.causes.push(cause);
  }

  /** Takes out all up to a commit. */
  take(commit: number): EtcdAnswers {
    let done = 0;
    while (done < this.size && this.commits[done]! <= commit) done++;
    return new EtcdAnswers(this.commits.splice(0, done), this);
  }

  /** Takes out the answers, which will not come; returns their rows, the last first. */
  takeAnswers(): number[] {
    const rows: number[] = [];
    for (let i = this.size - 1; i >= 0; i--) {
      if (this.changes[i] !== undefined) continue;
      rows.push(this.slots[i]!);
      for (const list of [this.commits, this.changes, this.slots, this.reads, this.causes]) list.splice(i, 1);
    }
    return rows;
  }
}
