import { Histogram } from '../stats/histogram.js';
import { type BucketCounts, bucketCounts, exponentialBounds } from './bucket-counts.js';

/** As component-base has them (metrics/prometheus/workqueue/metrics.go), seconds. */
export const QUEUE_BOUNDS: readonly number[] = exponentialBounds(10e-9, 10, 10);

/** What went through one work queue. */
export interface QueueFigures {
  readonly name: string;
  readonly adds: number;
  readonly retries: number;
  /** From being added to being taken by a worker. */
  readonly waited: BucketCounts;
  /** From being taken to being done. */
  readonly worked: BucketCounts;
}

/** Counts what goes through the work queues of one name since time zero. */
export class QueueLog {
  private adds: number;
  private retries: number;
  private waitedNs: Histogram;
  private workedNs: Histogram;

  constructor() {
    this.adds = 0;
    this.retries = 0;
    this.waitedNs = new Histogram();
    this.workedNs = new Histogram();
  }

  /** Forgets everything: time zero. */
  begin(): void {
    this.adds = 0;
    this.retries = 0;
    this.waitedNs = new Histogram();
    this.workedNs = new Histogram();
  }

  added(): void {
    this.adds++;
  }

  retried(): void {
    this.retries++;
  }

  waited(durationNs: number): void {
    this.waitedNs.record(durationNs);
  }

  worked(durationNs: number): void {
    this.workedNs.record(durationNs);
  }

  figures(name: string): QueueFigures {
    const { adds, retries, waitedNs, workedNs } = this;
    return {
      name,
      adds,
      retries,
      waited: bucketCounts(waitedNs, QUEUE_BOUNDS),
      worked: bucketCounts(workedNs, QUEUE_BOUNDS),
    };
  }
}
