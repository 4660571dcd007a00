import { ByIdentity } from '../api/by-identity.js';
import type { ApiObject } from '../api/object.js';
import type { WatchEvent } from '../api/watch.js';
import { WatchCacheRing } from './watch-cache-ring.js';

/**
 * The watch cache of one kind in one API server: the current state, and recent events to replay
 * (storage/cacher/watch_cache.go).
 */
export class WatchCache {
  /** What there is, by identity. */
  readonly state: ByIdentity<ApiObject>;
  private readonly ring: WatchCacheRing<WatchEvent>;
  private newestRevision: number;

  /** A cache that is filled at a revision with what there is then. */
  constructor(revision: number, objects: Iterable<ApiObject>) {
    this.state = new ByIdentity(objects);
    this.ring = new WatchCacheRing(revision);
    this.newestRevision = revision;
  }

  /** Revision up to which the cache has seen everything of its kind. */
  get revision(): number {
    return this.newestRevision;
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

  /** The object of a name; `known` is one of that name as it is elsewhere, later or not at all. */
  find(namespace: string, name: string, known: ApiObject | undefined): ApiObject | undefined {
    const cached = known === undefined ? undefined : this.state.get(known.id);
    if (cached !== undefined) return cached;
    for (const object of this.state.values())
      if (object.metadata.name === name && object.metadata.namespace === namespace) return object;
    return undefined;
  }

  take(event: WatchEvent, nowNs: number): void {
    this.ring.add(event, event.object.revision, nowNs);
    this.newestRevision = event.object.revision;
    if (event.type === 'DELETED') this.state.delete(event.object.id);
    else this.state.set(event.object);
  }

  /** Nothing of its kind has changed up to a revision. */
  advance(revision: number): void {
    if (revision > this.newestRevision) this.newestRevision = revision;
  }

  /** What there was at a revision, or `undefined` when not all that came after it is still kept. */
  at(revision: number): ByIdentity<ApiObject> | undefined {
    const later = this.ring.since(revision);
    if (later === undefined || revision > this.newestRevision) return undefined;
    const state = new ByIdentity(this.state.values());
    for (const { object, previous } of later.reverse()) {
      if (previous === undefined) state.delete(object.id);
      else state.set(previous);
    }
    return state;
  }

  /** Events after a revision, or `undefined` when some of them are no longer kept (410 Gone). */
  since(revision: number): WatchEvent[] | undefined {
    return this.ring.since(revision);
  }
}
