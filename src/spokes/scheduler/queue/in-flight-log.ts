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
  /** The pods, oldest first, and the number of events logged before each was popped; nearly always one or none. */
  readonly #pods: number[] = [];
  readonly #since: number[] = [];

  has(podId: number): boolean {
    return this.#pods.includes(podId);
  }

  start(podId: number): void {
    this.#pods.push(podId);
    this.#since.push(this.#dropped + this.#events.length);
  }

  /** Notes an event if anybody may ask for it. */
  log(event: ClusterEvent, change: Change): void {
    if (this.#pods.length > 0) this.#events.push({ event, change });
  }

  /** What happened since the pod was popped. */
  eventsSince(podId: number): readonly LoggedEvent[] {
    const index = this.#pods.indexOf(podId);
    return index < 0 ? [] : this.#events.slice(this.#since[index]! - this.#dropped);
  }

  finish(podId: number): void {
    const index = this.#pods.indexOf(podId);
    if (index < 0) return;
    if (this.#pods.length > 1) {
      this.#pods.splice(index, 1);
      this.#since.splice(index, 1);
      this.#dropUntil(this.#since[0]!);
    } else {
      this.#pods.pop();
      this.#since.pop();
      this.#dropUntil(this.#dropped + this.#events.length);
    }
  }

  #dropUntil(oldest: number): void {
    if (oldest === this.#dropped) return;
    this.#events = this.#events.slice(oldest - this.#dropped);
    this.#dropped = oldest;
  }
}
