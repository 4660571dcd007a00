import type { ApiObject } from '../api/object.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import { Watcher } from './watcher.js';

/** Window for which events are kept: bookmark period 60 s + 15 s (storage/cacher/cacher.go). */
export const FRESH_DURATION_NS = 75e9;
const CAPACITY_MIN = 100;
const CAPACITY_MAX = 102_400;

/**
 * The watch cache of one kind in one API server: the current state, a ring of recent events to replay, and the
 * watchers to tell. The ring doubles when it is full of events younger than 75 s and halves when three quarters of
 * it would do (storage/cacher/watch_cache.go resizeCacheLocked).
 */
export class WatchCache {
  private readonly state: Map<number, ApiObject>;
  private ring: (WatchEvent | undefined)[];
  /** Running numbers of the oldest kept event and of the next one. */
  private start: number;
  private end: number;
  private readonly watchers: Watcher[];
  private newestRevision: number;
  /** Revision the cache was filled at: nothing before it can be replayed. */
  private readonly listRevision: number;
  private removedSinceList: boolean;

  constructor(revision = 0, objects: Iterable<ApiObject> = []) {
    this.state = new Map();
    for (const object of objects) this.state.set(object.id, object);
    this.ring = new Array<WatchEvent | undefined>(CAPACITY_MIN);
    this.start = 0;
    this.end = 0;
    this.watchers = [];
    this.newestRevision = revision;
    this.listRevision = revision;
    this.removedSinceList = false;
  }

  /** Revision up to which the cache has seen everything of its kind. */
  get revision(): number {
    return this.newestRevision;
  }

  get watcherCount(): number {
    return this.watchers.length;
  }

  get size(): number {
    return this.state.size;
  }

  get capacity(): number {
    return this.ring.length;
  }

  values(): IterableIterator<ApiObject> {
    return this.state.values();
  }

  /** Takes a change in and queues it for its watchers; returns how many it goes to. */
  take(event: WatchEvent, nowNs: number): number {
    this.remember(event, nowNs);
    let receivers = 0;
    for (const watcher of this.watchers) if (watcher.offer(event)) receivers++;
    return receivers;
  }

  /** Sends everything that is queued. */
  flush(): void {
    for (const watcher of this.watchers) watcher.flush();
  }

  private remember(event: WatchEvent, nowNs: number): void {
    if (this.end - this.start === this.ring.length) this.resize(nowNs);
    if (this.end - this.start === this.ring.length) {
      this.start++;
      this.removedSinceList = true;
    }
    this.ring[this.end % this.ring.length] = event;
    this.end++;
    this.newestRevision = event.object.revision;
    if (event.type === 'DELETED') this.state.delete(event.object.id);
    else this.state.set(event.object.id, event.object);
  }

  /** Adds a watcher that is to hear of everything after `missed`, which it gets at once. */
  subscribe(sink: WatchSink, missed: readonly WatchEvent[]): void {
    const watcher = new Watcher(sink);
    for (const event of missed) watcher.offer(event);
    this.watchers.push(watcher);
    watcher.flush();
  }

  unsubscribe(sink: WatchSink): void {
    const at = this.watchers.findIndex((watcher) => watcher.sink === sink);
    if (at >= 0) this.watchers.splice(at, 1);
  }

  /** Events after a revision, or `undefined` when some of them are no longer kept (410 Gone). */
  since(revision: number): WatchEvent[] | undefined {
    if (revision < this.oldestRevision() - 1) return undefined;
    const events: WatchEvent[] = [];
    for (let at = this.start; at < this.end; at++) {
      const event = this.ring[at % this.ring.length]!;
      if (event.object.revision > revision) events.push(event);
    }
    return events;
  }

  private oldestRevision(): number {
    if (!this.removedSinceList || this.end === this.start) return this.listRevision + 1;
    return this.ring[this.start % this.ring.length]!.object.revision;
  }

  private resize(nowNs: number): void {
    const capacity = this.ring.length;
    const oldest = this.ring[this.start % capacity]!;
    if (nowNs - oldest.committedNs < FRESH_DURATION_NS) {
      this.reallocate(Math.min(capacity * 2, CAPACITY_MAX));
      return;
    }
    const quarterLeft = this.ring[(this.end - Math.floor(capacity / 4)) % capacity]!;
    if (nowNs - quarterLeft.committedNs > FRESH_DURATION_NS) {
      this.reallocate(Math.max(Math.floor(capacity / 2), CAPACITY_MIN));
    }
  }

  private reallocate(capacity: number): void {
    if (capacity === this.ring.length) return;
    const old = this.ring;
    const kept = Math.min(this.end - this.start, capacity);
    const ring = new Array<WatchEvent | undefined>(capacity);
    for (let at = this.end - kept; at < this.end; at++) ring[at % capacity] = old[at % old.length];
    this.ring = ring;
    if (this.end - kept > this.start) this.removedSinceList = true;
    this.start = this.end - kept;
  }
}
