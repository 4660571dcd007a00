import type { EventHandle } from './event-handle.js';

/** Handles of these events are far below zero, so that no small number is one by accident. */
const HANDLES_BELOW: number = -(2 ** 40);

/**
 * The events scheduled for the instant that is running, first in, first out. Most events of a control plane are such
 * zero-delay steps (work queues, watch fan-out), hence: no slot, no time, no generation; a push is a few typed
 * writes. Handles are negative running numbers, so they never
 * alias those of other events.
 */
export class InstantRing {
  size: number;
  /** Row of the first event. */
  head: number;
  /** The kind, times four, plus 1 for a chore, plus 2 if `as` and `bs` count; negative once the event is cancelled. */
  kinds: Int32Array;
  targets: Int32Array;
  as: Float64Array;
  bs: Float64Array;
  /** Decides between these events and others of the same time. */
  orders: Float64Array;
  mask: number;
  /** Events ever pushed: the number of the last one. */
  private pushed: number;

  constructor(capacity = 1024) {
    this.size = 0;
    this.head = 0;
    this.kinds = new Int32Array(capacity);
    this.targets = new Int32Array(capacity);
    this.as = new Float64Array(capacity);
    this.bs = new Float64Array(capacity);
    this.orders = new Float64Array(capacity);
    this.mask = capacity - 1;
    this.pushed = 0;
  }

  push(kindAndFlags: number, target: number, a: number, b: number, order: number): EventHandle {
    if (this.size > this.mask) this.grow();
    const row = (this.head + this.size) & this.mask;
    this.size++;
    this.targets[row] = target;
    this.orders[row] = order;
    if (a === 0 && b === 0) {
      this.kinds[row] = kindAndFlags;
    } else {
      this.kinds[row] = kindAndFlags | 2;
      this.as[row] = a;
      this.bs[row] = b;
    }
    return HANDLES_BELOW - ++this.pushed;
  }

  /** Takes the first event off; its row stays readable until the next push. */
  shift(): number {
    const row = this.head;
    this.head = (row + 1) & this.mask;
    this.size--;
    return row;
  }

  /** Marks an event as cancelled; -1 if it has run or was cancelled before, else 1 if it was a chore and 0 if not. */
  cancel(handle: EventHandle): number {
    const behindLast = this.pushed - (HANDLES_BELOW - handle);
    if (!(behindLast >= 0 && behindLast < this.size)) return -1;
    const row = (this.head + this.size - 1 - behindLast) & this.mask;
    const kindAndFlags = this.kinds[row]!;
    if (kindAndFlags < 0) return -1;
    this.kinds[row] = -1;
    return kindAndFlags & 1;
  }

  private grow(): void {
    const { head, size } = this;
    const capacity = 2 * (this.mask + 1);
    this.kinds = unrolled(this.kinds, new Int32Array(capacity), head);
    this.targets = unrolled(this.targets, new Int32Array(capacity), head);
    this.as = unrolled(this.as, new Float64Array(capacity), head);
    this.bs = unrolled(this.bs, new Float64Array(capacity), head);
    this.orders = unrolled(this.orders, new Float64Array(capacity), head);
    this.mask = capacity - 1;
    this.head = 0;
    this.size = size;
  }
}

function unrolled<T extends Int32Array | Float64Array>(from: T, to: T, head: number): T {
  to.set(from.subarray(head));
  to.set(from.subarray(0, head), from.length - head);
  return to;
}
