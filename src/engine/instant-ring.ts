import type { EventHandle } from './event-handle.js';

/** Handles of these events are well below zero, so that no small number is one by accident, yet small for the compiler. */
export const HANDLES_BELOW: number = -(2 ** 20);

/**
 * The events scheduled for the instant that is running, first in, first out. Most events of a control plane are such
 * zero-delay steps (work queues, watch fan-out), hence: no slot, no time, no generation; the engine puts one in with a
 * few typed writes. Handles are negative running numbers, so they never alias those of other events.
 */
export class InstantRing {
  /** Number of the first event, which is how many have been taken off. */
  head: number;
  /** Number of the next event to come, which is how many were pushed. */
  tail: number;
  /** The kind, times four, plus 1 for a chore, plus 2 if `as` and `bs` count; negative once the event is cancelled. */
  kinds: Int32Array;
  targets: Int32Array;
  as: Float64Array;
  bs: Float64Array;
  /** For a trace: the record that caused each event. */
  causes: Int32Array;
  /** The row of event number n is n & mask. */
  mask: number;
  /** Number of the event before which there must be made room: the first of each instant is one. */
  fullAt: number;

  constructor(capacity = 1024) {
    this.head = 0;
    this.tail = 0;
    this.kinds = new Int32Array(capacity);
    this.targets = new Int32Array(capacity);
    this.as = new Float64Array(capacity);
    this.bs = new Float64Array(capacity);
    this.causes = new Int32Array(capacity);
    this.mask = capacity - 1;
    this.fullAt = 0;
  }

  /** A new instant begins; nothing is left of the last. */
  start(): void {
    this.fullAt = this.tail;
  }

  /** Makes room for the event that {@link fullAt} has no room for; false if there are `sizeMax` already. */
  makeRoom(sizeMax: number): boolean {
    const size = this.tail - this.head;
    if (size >= sizeMax) return false;
    if (size === this.kinds.length) this.grow();
    this.fullAt = this.head + Math.min(this.kinds.length, sizeMax);
    return true;
  }

  /** Gives an event the numbers its handler gets. */
  setNumbers(row: number, a: number, b: number): void {
    this.kinds[row]! |= 2;
    this.as[row] = a;
    this.bs[row] = b;
  }

  /** Marks an event as cancelled; -1 if it has run or was cancelled before, else 1 if it was a chore and 0 if not. */
  cancel(handle: EventHandle): number {
    const number = HANDLES_BELOW - handle;
    if (!(number >= this.head && number < this.tail)) return -1;
    const row = number & this.mask;
    const kindAndFlags = this.kinds[row]!;
    if (kindAndFlags < 0) return -1;
    this.kinds[row] = -1;
    return kindAndFlags & 1;
  }

  private grow(): void {
    this.kinds = twice(this.kinds, new Int32Array(2 * this.kinds.length));
    this.targets = twice(this.targets, new Int32Array(2 * this.targets.length));
    this.as = twice(this.as, new Float64Array(2 * this.as.length));
    this.bs = twice(this.bs, new Float64Array(2 * this.bs.length));
    this.causes = twice(this.causes, new Int32Array(2 * this.causes.length));
    this.mask = this.kinds.length - 1;
  }
}

/** Every row in both halves: in one of them it is where its event's number says. */
function twice<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  to.set(from, from.length);
  return to;
}
