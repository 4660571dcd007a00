import { newColumn } from '../api/columns.js';

/** How long events are kept to be replayed: the bookmark period of 60 s and 15 s (storage/cacher/cacher.go). */
export const FRESH_DURATION_NS = 75e9;
const CAPACITY_MIN = 100;
const CAPACITY_MAX = 102_400;
/** Doublings after which the greatest capacity would not fit 32 bits. */
const DOUBLINGS_MAX = 14;

/** The greatest ring for a window: doubled as often as the window is beyond 75 s (watch_cache.go capacityUpperBound). */
export function greatestCapacity(freshNs: number): number {
  let doublings = 0;
  while (doublings < DOUBLINGS_MAX && FRESH_DURATION_NS * 2 ** doublings < freshNs) doublings++;
  return CAPACITY_MAX * 2 ** doublings;
}

/**
 * The recent events of a watch cache, to be replayed to a watch that starts in the past. When an event finds the ring
 * full, the ring doubles if even its oldest event is younger than 75 s, and halves if a quarter of it would do
 * (storage/cacher/watch_cache.go resizeCacheLocked).
 */
export class WatchCacheRing<T> {
  private readonly freshNs: number;
  private readonly capacityMax: number;
  private readonly listRevision: number;
  private slots: number;
  private events: (T | undefined)[];
  private revisions: Float64Array;
  private takenNs: Float64Array;
  /** Running numbers of the oldest kept event and of the next one. */
  private start: number;
  private end: number;

  /** `listRevision` is the revision the cache was filled at: nothing before it can be replayed. */
  constructor(listRevision: number, freshNs: number = FRESH_DURATION_NS) {
    this.freshNs = freshNs;
    this.capacityMax = greatestCapacity(freshNs);
    this.listRevision = listRevision;
    this.slots = CAPACITY_MIN;
    this.events = new Array<T | undefined>(CAPACITY_MIN);
    this.revisions = newColumn(Float64Array, CAPACITY_MIN);
    this.takenNs = newColumn(Float64Array, CAPACITY_MIN);
    this.start = 0;
    this.end = 0;
  }

  get capacity(): number {
    return this.slots;
  }

  /** The lowest revision that a watch can start from without missing anything. */
  get oldestStart(): number {
    return this.start === 0 ? this.listRevision : this.revisions[this.start % this.slots]! - 1;
  }

  add(event: T, revision: number, nowNs: number): void {
    if (this.full) this.resize(nowNs);
    if (this.full) this.start++;
    const slot = this.end % this.slots;
    this.events[slot] = event;
    this.revisions[slot] = revision;
    this.takenNs[slot] = nowNs;
    this.end++;
  }

  /** Events after a revision, or `undefined` when some of them are no longer kept (410 Gone). */
  since(revision: number): T[] | undefined {
    if (revision < this.oldestStart) return undefined;
    const events: T[] = [];
    for (let at = this.firstAfter(revision); at < this.end; at++) events.push(this.events[at % this.slots]!);
    return events;
  }

  get full(): boolean {
    return this.end - this.start === this.slots;
  }

  /** Of the oldest event, of which there must be one. */
  get oldestRevision(): number {
    return this.revisions[this.start % this.slots]!;
  }

  /** Of the first event after a revision; infinite if there is none. */
  revisionAfter(revision: number): number {
    const at = this.firstAfter(revision);
    return at < this.end ? this.revisions[at % this.slots]! : Number.POSITIVE_INFINITY;
  }

  private firstAfter(revision: number): number {
    let low = this.start;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.revisions[middle % this.slots]! > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private resize(nowNs: number): void {
    const capacity = this.slots;
    if (nowNs - this.takenNs[this.start % capacity]! < this.freshNs) {
      this.reallocate(Math.min(capacity * 2, this.capacityMax));
      return;
    }
    const lastQuarter = this.end - Math.floor(capacity / 4);
    if (nowNs - this.takenNs[lastQuarter % capacity]! > this.freshNs) {
      this.reallocate(Math.max(Math.floor(capacity / 2), CAPACITY_MIN));
    }
  }

  private reallocate(capacity: number): void {
    if (capacity === this.slots) return;
    const { events, revisions, takenNs, slots } = this;
    this.start = Math.max(this.start, this.end - capacity);
    this.slots = capacity;
    this.events = new Array<T | undefined>(capacity);
    this.revisions = newColumn(Float64Array, capacity);
    this.takenNs = newColumn(Float64Array, capacity);
    for (let at = this.start; at < this.end; at++) {
      this.events[at % capacity] = events[at % slots];
      this.revisions[at % capacity] = revisions[at % slots]!;
      this.takenNs[at % capacity] = takenNs[at % slots]!;
    }
  }
}
