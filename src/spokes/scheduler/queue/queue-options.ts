import type { BackoffLimits } from './backoff-queue.js';

/** Settings of a scheduler's queue. */
export interface QueueOptions extends BackoffLimits {
  /** After this long in the unschedulable pool a pod is tried again without any event. */
  readonly maxUnschedulableNs: number;
  /** Plugins judge whether an event helps; if not, every event that concerns them is taken to. */
  readonly hints: boolean;
  /** A pod that was rejected is tried before its backoff is over if no other is there. */
  readonly popsFromBackoff: boolean;
}

/** The defaults of kube-scheduler (kubernetes-facts D1). */
export const DEFAULT_QUEUE_OPTIONS: QueueOptions = {
  initialNs: 1e9,
  maxNs: 10e9,
  maxUnschedulableNs: 300e9,
  hints: true,
  popsFromBackoff: true,
};
