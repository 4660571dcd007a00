import { assert } from './assert.js';
import { type EventHandle, GENERATION_MAX, generationOf, SLOTS_MAX, slotOf } from './event-handle.js';

/** No slot: the end of every list. All negative numbers mean it, so hot code asks for the sign. */
export const NONE = -1;

/**
 * All scheduled events, a typed array for each field. An event is the index of its fields, its slot. Free slots form a list
 * through `next`, last freed first, so that a hot slot is used again at once. Queues use `next` for their own lists while
 * they hold the slot.
 */
export class EventRecords {
  timesNs: Float64Array;
  /** Decides among events of one time; unique. */
  orders: Float64Array;
  next: Int32Array;
  /** The kind, times four, plus 1 for a chore, plus 2 if `as` and `bs` count; negative once the event is cancelled. */
  kinds: Int32Array;
  targets: Int32Array;
  /** The handler's numbers. Most events have none and are spared writing, reading and converting two zeros. */
  as: Float64Array;
  bs: Float64Array;
  generations: Int32Array;
  /** Events scheduled and neither run nor cancelled. */
  live: number;
  /** Events cancelled but still in the queue. */
  cancelled: number;
  capacity: number;
  /** The first free slot, or NONE. */
  free: number;

  constructor(capacity = 1024) {
    this.timesNs = new Float64Array(0);
    this.orders = new Float64Array(0);
    this.next = new Int32Array(0);
    this.kinds = new Int32Array(0);
    this.targets = new Int32Array(0);
    this.as = new Float64Array(0);
    this.bs = new Float64Array(0);
    this.generations = new Int32Array(0);
    this.live = 0;
    this.cancelled = 0;
    this.capacity = 0;
    this.free = NONE;
    this.grow(capacity);
  }

  /** Makes a free slot live; there must be one. The caller writes all its fields. */
  allocate(): number {
    const slot = this.free;
    this.free = this.next[slot]!;
    this.live++;
    return slot;
  }

  /** Gives an event the numbers its handler gets. */
  setNumbers(slot: number, a: number, b: number): void {
    this.kinds[slot]! |= 2;
    this.as[slot] = a;
    this.bs[slot] = b;
  }

  /** Ends a live event that its queue has given out. */
  release(slot: number): void {
    this.live--;
    const generation = this.generations[slot]! + 1;
    this.generations[slot] = generation;
    // A slot whose generations are used up stays out: a handle must never come to mean another event.
    if (generation > GENERATION_MAX) return;
    this.next[slot] = this.free;
    this.free = slot;
  }

  /** Gives back the slot of a cancelled event that its queue has dropped. */
  releaseCancelled(slot: number): void {
    this.cancelled--;
    if (this.generations[slot]! > GENERATION_MAX) return;
    this.next[slot] = this.free;
    this.free = slot;
  }

  /** The slot of a live event, or NONE if the handle's event has run or was cancelled. */
  find(handle: EventHandle): number {
    const slot = slotOf(handle);
    if (!(slot >= 0 && slot < this.capacity)) return NONE;
    return this.generations[slot] === generationOf(handle) ? slot : NONE;
  }

  /** Marks a live event as cancelled; its queue drops it when it comes across it. */
  cancel(slot: number): void {
    this.kinds[slot] = -1;
    this.generations[slot]! += 1;
    this.live--;
    this.cancelled++;
  }

  isChore(slot: number): boolean {
    return (this.kinds[slot]! & 1) !== 0;
  }

  kindOf(slot: number): number {
    return this.kinds[slot]! >> 2;
  }

  /** By slot: 1 if no event is in it. */
  freeSlots(): Uint8Array {
    const free = new Uint8Array(this.capacity);
    for (let slot = this.free; slot >= 0; slot = this.next[slot]!) free[slot] = 1;
    return free;
  }

  /** Adds free slots up to a capacity. */
  grow(capacity: number): void {
    assert(capacity <= SLOTS_MAX, 'more event slots than handles can name');
    this.timesNs = copyOf(this.timesNs, new Float64Array(capacity));
    this.orders = copyOf(this.orders, new Float64Array(capacity));
    this.next = copyOf(this.next, new Int32Array(capacity));
    this.kinds = copyOf(this.kinds, new Int32Array(capacity));
    this.targets = copyOf(this.targets, new Int32Array(capacity));
    this.as = copyOf(this.as, new Float64Array(capacity));
    this.bs = copyOf(this.bs, new Float64Array(capacity));
    this.generations = copyOf(this.generations, new Int32Array(capacity));
    for (let slot = capacity - 1; slot >= this.capacity; slot--) {
      this.generations[slot] = 1;
      this.next[slot] = this.free;
      this.free = slot;
    }
    this.capacity = capacity;
  }
}

function copyOf<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
