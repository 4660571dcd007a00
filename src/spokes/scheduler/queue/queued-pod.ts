import type { Pod } from '../../../api/pod.js';

/** Where a pod of the queue is. `taken`: popped, its attempt is not over; `gone`: no longer of concern. */
export type Pool = 'active' | 'backoff' | 'error-backoff' | 'unschedulable' | 'taken' | 'gone';

const NONE: ReadonlySet<string> = new Set();

/** A waiting pod and the history of its attempts (framework.QueuedPodInfo). Times in virtual nanoseconds. */
export class QueuedPod {
  pod: Pod;
  pool: Pool;
  /** When it was added, or failed last. */
  timestampNs: number;
  /** Order of addition: decides where Kubernetes leaves equals in any order. */
  readonly sequence: number;
  attempts: number;
  /** When its first attempt began, and the one under way or the last; -1 before. */
  firstAttemptNs: number;
  attemptNs: number;
  /** How often plugins rejected it. */
  rejections: number;
  /** How often in a row it failed with an error. */
  errors: number;
  /** End of the backoff, a whole second; -1 while not worked out. */
  backoffEndsNs: number;
  /** Plugins that rejected it last. */
  rejectors: ReadonlySet<string>;
  /** Name of the plugin that keeps it from being queued; `''` if none. */
  gatedBy: string;
  /** For a trace: why it is where it is. */
  cause: number;
  /** Position in the heap that holds it. */
  position: number;

  constructor(pod: Pod, timestampNs: number, sequence: number) {
    this.pod = pod;
    this.pool = 'gone';
    this.timestampNs = timestampNs;
    this.sequence = sequence;
    this.attempts = 0;
    this.firstAttemptNs = -1;
    this.attemptNs = -1;
    this.rejections = 0;
    this.errors = 0;
    this.backoffEndsNs = -1;
    this.rejectors = NONE;
    this.gatedBy = '';
    this.cause = 0;
    this.position = -1;
  }
}

/** Order of the active queue: higher priority, then longer waiting (plugins/queuesort PrioritySort). */
export function byPriority(a: QueuedPod, b: QueuedPod): number {
  return (
    b.pod.spec.shape.priority - a.pod.spec.shape.priority || a.timestampNs - b.timestampNs || a.sequence - b.sequence
  );
}
