import type { Call } from '../../api/call.js';
import type { Pod } from '../../api/pod.js';
import type { SchedulingAttempt } from '../../api/scheduling-attempt.js';

/** Who hears of what becomes of each pod that waits for a node, as it happens; must change nothing. */
export interface SchedulerProbe {
  /** The pod came into a pool of the queue: `active`, `backoff`, `error-backoff`, `unschedulable` or `gated`, and why. */
  queued(pod: Pod, pool: string, cause: string, nowNs: number): void;
  /** A scheduling cycle began, and this is what it will come to. */
  attempted(attempt: SchedulingAttempt, nowNs: number): void;
  /** Pods are about to be removed from a node to make room. */
  preempting(pod: Pod, nodeName: string, victims: readonly Pod[], nowNs: number): void;
  /** An attempt failed, in its cycle or at its binding; the message is that of the event FailedScheduling. */
  failed(pod: Pod, message: string, nominatedNodeName: string, nowNs: number): void;
  /** The binding was answered. */
  bindingAnswered(pod: Pod, call: Call, nowNs: number): void;
}
