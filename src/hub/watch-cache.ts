import type { ApiObject } from '../api/object.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import { WatchCacheRing } from './watch-cache-ring.js';
import { Watcher } from './watcher.js';

/**
 * The watch cache of one kind in one API server: the current state, recent events to replay, and the
 * watchers to tell (storage/cacher/watch_cache.go).
 */
export class WatchCache {
  private readonly state: Map<number, ApiObject>;
  private readonly ring: WatchCacheRing<WatchEvent>;
  private readonly watchers: Watcher[];
  private newestRevision: number;

  constructor(revision = 0, objects: Iterable<ApiObject> = []) {
    this.state = new Map();
    for (const object of objects) this.state.set(object.id, object);
    this.ring = new WatchCacheRing(revision);
    this.watchers = [];
    this.newestRevision = revision;
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
    return this.ring.capacity;
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

  /** Tells the watchers that wait for nothing how far the cache has come; the others will hear from what they wait for. */
  bookmark(): void {
    for (const watcher of this.watchers) watcher.bookmark(this.newestRevision);
  }

  private remember(event: WatchEvent, nowNs: number): void {
    this.ring.add(event, event.object.revision, nowNs);
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

  /** Ends a watch; false if there was none. */
  unsubscribe(sink: WatchSink): boolean {
    const at = this.watchers.findIndex((watcher) => watcher.sink === sink);
    if (at < 0) return false;
    this.watchers.splice(at, 1);
    return true;
  }

  /** Events after a revision, or `undefined` when some of them are no longer kept (410 Gone). */
  since(revision: number): WatchEvent[] | undefined {
    return this.ring.since(revision);
  }
}
