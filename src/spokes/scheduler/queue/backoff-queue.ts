import { PodHeap } from './pod-heap.js';
import { byPriority, type QueuedPod } from './queued-pod.js';

const WINDOW_NS = 1e9;

/** Backoff times of a scheduler (podInitialBackoffSeconds, podMaxBackoffSeconds). */
export interface BackoffLimits {
  readonly initialNs: number;
  readonly maxNs: number;
}

/** Backoff after `count` failures: the first doubled each time, up to the most (backoff_queue.go calculateBackoffDuration). */
export function backoffDurationNs(count: number, { initialNs, maxNs }: BackoffLimits): number {
  if (count === 0) return 0;
  return Math.min(initialNs * 2 ** Math.min(count - 1, 62), maxNs);
}

/** The start of the second a moment is in. */
function windowOf(timeNs: number): number {
  return timeNs - (timeNs % WINDOW_NS);
}

/**
 * Pods that wait for their backoff to end (backend/queue/backoff_queue.go). Ends are cut down to whole seconds, and a pod
 * still counts as backing off during the second in which it ends. Pods that failed with an error wait apart, because
 * only the others may leave early.
 */
export class BackoffQueue {
  readonly #limits: BackoffLimits;
  readonly #rejected: PodHeap;
  readonly #failed: PodHeap;

  constructor(limits: BackoffLimits) {
    this.#limits = limits;
    this.#rejected = new PodHeap((a, b) => this.endNs(a) - this.endNs(b) || byPriority(a, b));
    this.#failed = new PodHeap((a, b) => this.endNs(a) - this.endNs(b) || a.sequence - b.sequence);
  }

  get size(): number {
    return this.#rejected.size + this.#failed.size;
  }

  /** Pods that may leave early. */
  get sizeRejected(): number {
    return this.#rejected.size;
  }

  /** All pods, in no order. */
  values(): readonly QueuedPod[] {
    return [...this.#rejected.values(), ...this.#failed.values()];
  }

  add(queued: QueuedPod): void {
    const failed = queued.rejectors.size === 0;
    queued.pool = failed ? 'error-backoff' : 'backoff';
    (failed ? this.#failed : this.#rejected).push(queued);
  }

  remove(queued: QueuedPod): void {
    (queued.pool === 'backoff' ? this.#rejected : this.#failed).remove(queued);
  }

  /** The pod that would leave next, before its time; never one that failed with an error. */
  popEarly(): QueuedPod | undefined {
    return this.#rejected.pop();
  }

  /** Takes out the pods whose backoff is over. */
  popCompleted(nowNs: number): readonly QueuedPod[] {
    const completed: QueuedPod[] = [];
    for (const heap of [this.#rejected, this.#failed]) {
      for (let next = heap.peek(); next !== undefined && !this.backsOff(next, nowNs); next = heap.peek()) {
        completed.push(heap.pop()!);
      }
    }
    return completed;
  }

  backsOff(queued: QueuedPod, nowNs: number): boolean {
    return this.endNs(queued) >= windowOf(nowNs);
  }

  /** End of a pod's backoff; -1 if it never failed or backoff is off. */
  endNs(queued: QueuedPod): number {
    const count = queued.errors > 0 ? queued.errors : queued.rejections;
    if (this.#limits.maxNs === 0 || count === 0) return -1;
    if (queued.backoffEndsNs < 0)
      queued.backoffEndsNs = windowOf(queued.timestampNs + backoffDurationNs(count, this.#limits));
    return queued.backoffEndsNs;
  }
}
