/** What may be counted of a work queue; it touches nothing. */
export interface QueueMeter {
  /** A key was added that was not waiting. */
  added(): void;
  /** A key was added with its backoff. */
  retried(): void;
  /** A worker took a key so long after it was added. */
  waited(durationNs: number): void;
  /** A worker was done with a key so long after it had taken it. */
  worked(durationNs: number): void;
}
