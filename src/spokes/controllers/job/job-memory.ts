import { type FailureRecord, NO_FAILURES } from './failure-backoff.js';

const NONE: ReadonlySet<number> = new Set();

/** What the Job controller remembers of its Jobs beside what its caches show. */
export class JobMemory {
  private readonly failures: Map<number, FailureRecord>;
  private readonly released: Map<number, Set<number>>;
  private readonly finished: Set<number>;

  constructor() {
    this.failures = new Map();
    this.released = new Map();
    this.finished = new Set();
  }

  /** Failures as of the last status that was written (podBackoffStore). */
  failuresOf(jobId: number): FailureRecord {
    return this.failures.get(jobId) ?? NO_FAILURES;
  }

  setFailures(jobId: number, record: FailureRecord): void {
    this.failures.set(jobId, record);
  }

  /** Pods that have lost their finalizer while the cache still shows it (finalizerExpectations). */
  releasedOf(jobId: number): ReadonlySet<number> {
    return this.released.get(jobId) ?? NONE;
  }

  expectRelease(jobId: number, podIds: Iterable<number>): void {
    let released = this.released.get(jobId);
    if (released === undefined) {
      released = new Set();
      this.released.set(jobId, released);
    }
    for (const id of podIds) released.add(id);
  }

  /** The cache shows it now, or never will. */
  releaseObserved(jobId: number, podId: number): void {
    this.released.get(jobId)?.delete(podId);
  }

  /** The Job has been marked as finished, which its cache may not show yet (finishedJobExpectations). */
  markFinished(jobId: number): void {
    this.finished.add(jobId);
  }

  isFinished(jobId: number): boolean {
    return this.finished.has(jobId);
  }

  forget(jobId: number): void {
    this.failures.delete(jobId);
    this.released.delete(jobId);
    this.finished.delete(jobId);
  }
}
