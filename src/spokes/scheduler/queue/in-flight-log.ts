import type { Change, ClusterEvent } from '../cluster-event.js';

export interface LoggedEvent {
  readonly event: ClusterEvent;
  readonly change: Change;
}

/**
 * The events since each pod that is being tried was popped: one of them may already help a pod that is about to be
 * rejected (backend/queue/active_queue.go inFlightEvents). Events before the oldest attempt are dropped.
 */
export class InFlightLog {
  #events: LoggedEvent[] = [];
  /** Number of events ever dropped. */
  #dropped = 0;
  /** Number of events logged before each pod was popped, oldest first. */
  readonly #since: Map<number, number> = new Map();

  has(podId: number): boolean {
    return this.#since.has(podId);
  }

  start(podId: number): void {
    this.#since.set(podId, this.#dropped + this.#events.length);
  }

  /** Notes an event if anybody may ask for it. */
  log(event: ClusterEvent, change: Change): void {
    if (this.#since.size > 0) this.#events.push({ event, change });
  }

  /** What happened since the pod was popped. */
  eventsSince(podId: number): readonly LoggedEvent[] {
    const since = this.#since.get(podId);
    return since === undefined ? [] : this.#events.slice(since - this.#dropped);
  }

  finish(podId: number): void {
    if (!this.#since.delete(podId)) return;
    const oldest = this.#since.values().next();
    if (oldest.done === true) {
      this.#dropped += this.#events.length;
      this.#events = [];
    } else if (oldest.value > this.#dropped) {
      this.#events = this.#events.slice(oldest.value - this.#dropped);
      this.#dropped = oldest.value;
    }
  }
}
