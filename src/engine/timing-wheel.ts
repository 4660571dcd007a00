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
 * in which its time differs from the origin, in the bucket of that digit, in order of arrival. Filing costs O(1); an
 * event moves down at most once a level, and not at all if its bucket holds few.
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
  /** First and last slot of each bucket, side by side. */
  private readonly ends: Int32Array;
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
    this.ends = new Int32Array(LEVELS << (DIGIT_BITS + 1)).fill(NONE);
    this.usedBuckets = new Int32Array(LEVELS << (DIGIT_BITS - 5));
    this.usedWords = new Int32Array(LEVELS);
    this.usedLevels = 0;
  }

  /** Files an event at or after the horizon. */
  file(slot: number): void {
    const timeNs = this.records.timesNs[slot]!;
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
    const { ends } = this;
    const next = this.records.next;
    next[slot] = NONE;
    if (ends[bucket << 1]! < 0) {
      ends[bucket << 1] = slot;
      this.use(bucket);
    } else {
      next[ends[(bucket << 1) + 1]!] = slot;
    }
    ends[(bucket << 1) + 1] = slot;
  }

  /**
   * Moves the earliest events to `near`, which is empty, and the horizon behind them: those of one bucket, and of the next
   * ones beside it while they are few. If there are too many of one nanosecond it gives their list instead, linked by
   * `next` in the order of their arrival; otherwise NONE.
   */
  takeNext(near: NearEvents): number {
    let taken = NONE;
    let reached = LEVELS;
    while (this.usedLevels !== 0 && near.tail < ENOUGH) {
      const level = lowestBit(this.usedLevels);
      if (level > reached) break;
      const head = this.takeBucket(level);
      if (near.addBucket(head)) {
        taken = head;
        reached = level;
        continue;
      }
      taken = NONE;
      this.moveToBucketOf(head, level);
      if (level === 0) {
        this.horizonNs += WIDTHS_NS[0]!;
        return head;
      }
      this.spread(head);
    }
    if (taken >= 0) {
      this.moveToBucketOf(taken, reached);
      this.horizonNs += WIDTHS_NS[reached]!;
    }
    return NONE;
  }

  /** Empties the earliest bucket of a level and gives its first slot. */
  private takeBucket(level: number): number {
    const { ends, usedBuckets } = this;
    const words = this.usedWords[level]!;
    const word = (level << (DIGIT_BITS - 5)) + lowestBit(words);
    const buckets = usedBuckets[word]!;
    const end = ((word << 5) + lowestBit(buckets)) << 1;
    const head = ends[end]!;
    ends[end] = NONE;
    const rest = buckets & (buckets - 1);
    usedBuckets[word] = rest;
    if (rest === 0) this.dropWord(level, words & (words - 1));
    return head;
  }

  private dropWord(level: number, rest: number): void {
    this.usedWords[level] = rest;
    if (rest === 0) this.usedLevels &= ~(1 << level);
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

  private use(bucket: number): void {
    this.usedBuckets[bucket >> 5]! |= 1 << (bucket & 31);
    this.usedWords[bucket >> DIGIT_BITS]! |= 1 << ((bucket >> 5) & 31);
    this.usedLevels |= 1 << (bucket >> DIGIT_BITS);
  }

  /** Files the live events of a list again, in their order. */
  private spread(head: number): void {
    const { next, kinds } = this.records;
    for (let slot = head; slot >= 0; ) {
      const following = next[slot]!;
      if (kinds[slot]! < 0) this.records.releaseCancelled(slot);
      else this.file(slot);
      slot = following;
    }
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
