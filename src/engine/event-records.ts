import { assert } from './assert.js';
import { type EventHandle, GENERATION_MAX, generationOf, handleOf, SLOTS_MAX, slotOf } from './event-handle.js';

/** Words of one record in `words` and in `numbers`; a record is 64 bytes, so an event touches one cache line or two. */
export const NUMBERS_SHIFT = 3;
export const WORDS_SHIFT = 4;

// In `numbers` (Float64Array), eight to a record. The words of the record lie over its last two numbers.
export const TIME = 0;
export const ORDER = 1;
export const A = 2;
export const B = 3;
export const ID = 4;
export const CAUSE = 5;
// In `words` (Int32Array), sixteen to a record.
export const TARGET = 12;
export const KIND_AND_CLASS = 13;
export const NEXT = 14;
export const GENERATION = 15;

/** `KIND_AND_CLASS` of a slot without a live event: free, or cancelled and still in the queue. */
export const CANCELLED = -1;
/** The end of every list of slots. */
export const NONE = -1;

/**
 * All scheduled events, as records in one buffer seen as doubles and as 32-bit integers. An event is the index of its
 * record, its slot. Free slots form a list through NEXT, last freed first, so that a hot slot is used again at once.
 * Queues use NEXT for their own lists while they hold the slot.
 */
export class EventRecords {
  numbers: Float64Array;
  words: Int32Array;
  /** Events scheduled and neither run nor cancelled. */
  live: number;
  /** Events cancelled but still in the queue. */
  cancelled: number;
  private capacity: number;
  private free: number;

  constructor(capacity = 1024) {
    this.numbers = new Float64Array(0);
    this.words = new Int32Array(0);
    this.live = 0;
    this.cancelled = 0;
    this.capacity = 0;
    this.free = NONE;
    this.grow(capacity);
  }

  /** A free slot, now live. The caller writes all its fields. */
  allocate(): number {
    if (this.free === NONE) this.grow(this.capacity * 2);
    const slot = this.free;
    this.free = this.words[(slot << WORDS_SHIFT) + NEXT]!;
    this.live++;
    return slot;
  }

  /** Ends a live event that its queue has given out. */
  release(slot: number): void {
    this.live--;
    const words = this.words;
    const at = slot << WORDS_SHIFT;
    const generation = words[at + GENERATION]! + 1;
    words[at + GENERATION] = generation;
    words[at + KIND_AND_CLASS] = CANCELLED;
    if (generation > GENERATION_MAX) return;
    words[at + NEXT] = this.free;
    this.free = slot;
  }

  /** Gives back the slot of a cancelled event that its queue has dropped. */
  releaseCancelled(slot: number): void {
    this.cancelled--;
    const at = slot << WORDS_SHIFT;
    if (this.words[at + GENERATION]! > GENERATION_MAX) return;
    this.words[at + NEXT] = this.free;
    this.free = slot;
  }

  handle(slot: number): EventHandle {
    return handleOf(slot, this.words[(slot << WORDS_SHIFT) + GENERATION]!);
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
    this.words[at + KIND_AND_CLASS] = CANCELLED;
    this.words[at + GENERATION]! += 1;
    this.live--;
    this.cancelled++;
  }

  private grow(capacity: number): void {
    assert(capacity <= SLOTS_MAX, 'more event slots than handles can name');
    const numbers = new Float64Array(capacity << NUMBERS_SHIFT);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.words = new Int32Array(numbers.buffer);
    for (let slot = capacity - 1; slot >= this.capacity; slot--) {
      const at = slot << WORDS_SHIFT;
      this.words[at + GENERATION] = 1;
      this.words[at + KIND_AND_CLASS] = CANCELLED;
      this.words[at + NEXT] = this.free;
      this.free = slot;
    }
    this.capacity = capacity;
  }
}
