import { assert } from './assert.js';
import { type EventHandle, GENERATION_MAX, generationOf, SLOTS_MAX, slotOf } from './event-handle.js';

/** The payload of a record is 32 bytes: four doubles, or eight words of which the last four are used. */
export const NUMBERS_SHIFT = 2;
export const WORDS_SHIFT = 3;

// In `numbers` (Float64Array), four to a record. The words of the record lie over the last two.
export const A = 0;
export const B = 1;
// In `words` (Int32Array), eight to a record.
export const TARGET = 4;
export const KIND_AND_FLAGS = 5;
export const GENERATION = 6;

/** Bits of `KIND_AND_FLAGS` below the kind. */
export const FLAG_BITS = 2;
/** The event is a chore. */
export const CHORE = 1;
/** The event has numbers that are not both zero. Most have not, and are spared two conversions either way. */
export const PAYLOAD = 2;

/** `KIND_AND_FLAGS` of an event that was cancelled and still lies in the queue. */
export const CANCELLED = -1;
/** The end of every list of slots. */
export const NONE = -1;

/**
 * All scheduled events, in typed arrays. An event is the index of its record, its slot. What queues compare and link lies
 * in arrays of its own, dense enough to stay in the cache while a queue walks its lists; what the handler gets lies
 * together, so that running an event touches one line more. Free slots form a list through `next`, last freed first, so that
 * a hot slot is used again at once. Queues use `next` for their own lists while they hold the slot.
 */
export class EventRecords {
  timesNs: Float64Array;
  /** Decides among events of one time; unique. */
  orders: Float64Array;
  next: Int32Array;
  numbers: Float64Array<ArrayBuffer>;
  words: Int32Array;
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
    this.numbers = new Float64Array(0);
    this.words = new Int32Array(0);
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

  /** Gives an event the numbers its handler gets; without them it gets zeros. */
  setNumbers(slot: number, a: number, b: number): void {
    this.words[(slot << WORDS_SHIFT) + KIND_AND_FLAGS]! |= PAYLOAD;
    this.numbers[(slot << NUMBERS_SHIFT) + A] = a;
    this.numbers[(slot << NUMBERS_SHIFT) + B] = b;
  }

  /** Ends a live event that its queue has given out. */
  release(slot: number): void {
    this.live--;
    const words = this.words;
    const at = slot << WORDS_SHIFT;
    const generation = words[at + GENERATION]! + 1;
    words[at + GENERATION] = generation;
    if (generation > GENERATION_MAX) return;
    this.next[slot] = this.free;
    this.free = slot;
  }

  /** Gives back the slot of a cancelled event that its queue has dropped. */
  releaseCancelled(slot: number): void {
    this.cancelled--;
    const at = slot << WORDS_SHIFT;
    if (this.words[at + GENERATION]! > GENERATION_MAX) return;
    this.next[slot] = this.free;
    this.free = slot;
  }

  /** The slot of a live event, or NONE if the handle's event has run or was cancelled. */
  find(handle: EventHandle): number {
    const slot = slotOf(handle);
    if (!(slot >= 0 && slot < this.capacity)) return NONE;
    return this.words[(slot << WORDS_SHIFT) + GENERATION] === generationOf(handle) ? slot : NONE;
  }

  /** Marks a live event as cancelled; its queue drops it when it comes across it. */
  cancel(slot: number): void {
    const at = slot << WORDS_SHIFT;
    this.words[at + KIND_AND_FLAGS] = CANCELLED;
    this.words[at + GENERATION]! += 1;
    this.live--;
    this.cancelled++;
  }

  /** Adds free slots up to a capacity. */
  grow(capacity: number): void {
    assert(capacity <= SLOTS_MAX, 'more event slots than handles can name');
    this.timesNs = grown(this.timesNs, capacity);
    this.orders = grown(this.orders, capacity);
    this.numbers = grown(this.numbers, capacity << NUMBERS_SHIFT);
    this.words = new Int32Array(this.numbers.buffer);
    const next = new Int32Array(capacity);
    next.set(this.next);
    this.next = next;
    for (let slot = capacity - 1; slot >= this.capacity; slot--) {
      this.words[(slot << WORDS_SHIFT) + GENERATION] = 1;
      next[slot] = this.free;
      this.free = slot;
    }
    this.capacity = capacity;
  }
}

function grown(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(array);
  return copy;
}
