import { type EventRecords, NONE } from './event-records.js';
import type { NearEvents } from './near-events.js';

/** Bits of a time that pick the bucket at a level: 1,024 buckets a level, found by two words of bits. */
const DIGIT_BITS = 10;
const DIGIT_MASK: number = 2 ** DIGIT_BITS - 1;
/** The lower 30 bits of a time are the digits of levels 0 to 2, the upper 23 those of levels 3 to 5. */
const LOW_MASK: number = 2 ** 30 - 1;
const HIGH_UNIT: number = 2 ** 30;
const HIGH_SCALE: number = 2 ** -30;
const LOW_LEVELS = 3;
const LEVELS = 6;
/** While a list has fewer events, buckets beside the first are taken too; of more, what comes in between would move too many. */
const ENOUGH = 10;
/** How long the buckets of each level are. */
const WIDTHS_NS: readonly number[] = [1, 2 ** 10, 2 ** 20, 2 ** 30, 2 ** 40, 2 ** 50];

/**
 * The events of later: wheels over the digits of the time in base 1,024. An event lies at the level of the highest digit
 * in which its time differs from the origin, in the bucket of that digit, before those that came earlier: so no other event is
 * touched. Filing costs O(1); an event moves down at most once a level, and not at all if its bucket holds few.
 *
 * There is no slot width to choose, so no mix of microseconds and hours breaks it as it does a calendar queue, and no
 * end beyond which another structure must begin.
 */
export class TimingWheel {
  /** Everything in the wheel is at this time or later, and only what is may be filed. */
  horizonNs: number;
  /** Where the last batch began; the digits of its two halves tell the level of a time. */
  originNs: number;
  private readonly records: EventRecords;
  private originHigh: number;
  private originLow: number;
  /** The event that each bucket got last; `next` leads to the one before. */
  private readonly newest: Int32Array;
  /** Which buckets hold events: a bit each, 32 words a level; which of those words are not zero; which levels are not empty. */
  private readonly usedBuckets: Int32Array;
  private readonly usedWords: Int32Array;
  private usedLevels: number;

  constructor(records: EventRecords) {
    this.horizonNs = 1;
    this.originNs = 0;
    this.records = records;
    this.originHigh = 0;
    this.originLow = 0;
    this.newest = new Int32Array(LEVELS << DIGIT_BITS).fill(NONE);
    this.usedBuckets = new Int32Array(LEVELS << (DIGIT_BITS - 5));
    this.usedWords = new Int32Array(LEVELS);
    this.usedLevels = 0;
  }

  /** Files an event at or after the horizon. */
  file(slot: number, timeNs: number): void {
    const high = (timeNs * HIGH_SCALE) | 0;
    const low = timeNs & LOW_MASK;
    const difference = high ^ this.originHigh;
    let bucket: number;
    // x * 13 >> 7 is x / 10 for the bits below 30.
    if (difference === 0) {
      const level = ((31 - Math.clz32((low ^ this.originLow) | 1)) * 13) >> 7;
      bucket = (level << DIGIT_BITS) + ((low >>> (level * DIGIT_BITS)) & DIGIT_MASK);
    } else {
      const level = ((31 - Math.clz32(difference)) * 13) >> 7;
      bucket = ((level + LOW_LEVELS) << DIGIT_BITS) + ((high >>> (level * DIGIT_BITS)) & DIGIT_MASK);
    }
    this.records.next[slot] = this.newest[bucket]!;
    this.newest[bucket] = slot;
    // Said even where it is known: whether a bucket has been empty is hard to foretell.
    this.use(bucket);
  }

  /**
   * Moves the earliest events to `near`, which is empty, and the horizon behind them: those of one bucket, and of the next
   * ones of its level while they are few. If there are too many of one nanosecond it gives their list instead, linked by
   * `next` from the last that came or, filed again, from the first; otherwise NONE.
   */
  takeNext(near: NearEvents): number {
    while (this.usedLevels !== 0) {
      const level = lowestBit(this.usedLevels);
      const last = this.takeBuckets(level, near);
      if (last >= 0) {
        this.moveBehindBucketOf(last, level);
        return NONE;
      }
      const crowd = this.takeBucket(level);
      if (level === 0) {
        this.moveBehindBucketOf(crowd, level);
        return crowd;
      }
      this.moveToBucketOf(crowd, level);
      this.spread(crowd);
    }
    return NONE;
  }

  /** Moves the earliest buckets of a level to the list, up to the first too large one. Gives an event of the last, or NONE. */
  private takeBuckets(level: number, near: NearEvents): number {
    const { newest } = this;
    let last = NONE;
    let buckets = 0;
    do {
      const word = this.earliestWord(level);
      buckets = this.usedBuckets[word]!;
      do {
        const bucket = (word << 5) + lowestBit(buckets);
        const head = newest[bucket]!;
        if (!near.addBucket(head)) break;
        newest[bucket] = NONE;
        last = head;
        buckets &= buckets - 1;
      } while (buckets !== 0 && near.tail < ENOUGH);
      this.leave(level, word, buckets);
    } while (buckets === 0 && near.tail < ENOUGH && this.usedWords[level] !== 0);
    return last;
  }

  /** Empties the earliest bucket of a level and gives the list of its events. */
  private takeBucket(level: number): number {
    const word = this.earliestWord(level);
    const buckets = this.usedBuckets[word]!;
    const bucket = (word << 5) + lowestBit(buckets);
    const head = this.newest[bucket]!;
    this.newest[bucket] = NONE;
    this.leave(level, word, buckets & (buckets - 1));
    return head;
  }

  private earliestWord(level: number): number {
    return (level << (DIGIT_BITS - 5)) + lowestBit(this.usedWords[level]!);
  }

  /** Leaves these buckets of the earliest word of a level, a bit each. */
  private leave(level: number, word: number, buckets: number): void {
    this.usedBuckets[word] = buckets;
    if (buckets !== 0) return;
    const words = this.usedWords[level]!;
    this.usedWords[level] = words & (words - 1);
    if (this.usedWords[level] === 0) this.usedLevels &= ~(1 << level);
  }

  /** Moves origin and horizon to a time between the two, so that what the last batch left can be filed again. */
  moveTo(timeNs: number): void {
    this.originNs = timeNs;
    this.originHigh = (timeNs * HIGH_SCALE) | 0;
    this.originLow = timeNs & LOW_MASK;
    this.horizonNs = timeNs;
  }

  /** Drops and releases every cancelled event. */
  sweep(): void {
    const heads: number[] = [];
    while (this.usedLevels !== 0) heads.push(this.takeBucket(lowestBit(this.usedLevels)));
    for (const head of heads) this.spread(head);
  }

  /** Moves to the start of the bucket of `level` that an event is in; in integers, since `%` of doubles calls a function. */
  private moveToBucketOf(slot: number, level: number): void {
    const timeNs = this.records.timesNs[slot]!;
    const high = (timeNs * HIGH_SCALE) | 0;
    const low = timeNs & LOW_MASK;
    const isLow = level < LOW_LEVELS;
    this.originHigh = isLow
      ? high
      : (high >> ((level - LOW_LEVELS) * DIGIT_BITS)) << ((level - LOW_LEVELS) * DIGIT_BITS);
    this.originLow = isLow ? (low >> (level * DIGIT_BITS)) << (level * DIGIT_BITS) : 0;
    this.originNs = this.originHigh * HIGH_UNIT + this.originLow;
    this.horizonNs = this.originNs;
  }

  private moveBehindBucketOf(slot: number, level: number): void {
    this.moveToBucketOf(slot, level);
    this.horizonNs += WIDTHS_NS[level]!;
  }

  private use(bucket: number): void {
    this.usedBuckets[bucket >> 5]! |= 1 << (bucket & 31);
    this.usedWords[bucket >> DIGIT_BITS]! |= 1 << ((bucket >> 5) & 31);
    this.usedLevels |= 1 << (bucket >> DIGIT_BITS);
  }

  /** Files the live events of a list again, which turns it round. */
  private spread(head: number): void {
    const { next, kinds, timesNs } = this.records;
    for (let slot = head; slot >= 0; ) {
      const following = next[slot]!;
      if (kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.file(slot, timesNs[slot]!);
      slot = following;
    }
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
