/** How an attempt to schedule a pod ended. */
export type AttemptResult = 'scheduled' | 'unschedulable' | 'error';

/** What may be counted of a scheduler; it touches nothing. */
export interface SchedulerMeter {
  /** An attempt ended, its binding included, so long after it began. */
  attempted(result: AttemptResult, profile: string, durationNs: number): void;
  /** A pod came to a node with this attempt, so long after its first began. */
  scheduled(attempts: number, durationNs: number): void;
}
