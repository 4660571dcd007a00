import { BoundPods } from '../api/bound-pods.js';
import { ByIdentity } from '../api/by-identity.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { WatchEvent } from '../api/watch.js';
import { undone } from './etcd/history.js';
import { WatchCacheRing } from './watch-cache-ring.js';

/**
 * The watch cache of one kind in one API server: the current state, and recent events to replay
 * (storage/cacher/watch_cache.go).
 */
export class WatchCache {
  /** What there is, by identity. */
  readonly state: ByIdentity<ApiObject>;
  /** Of pods; made when it is first asked for, as it is only where kubelets poll. */
  private bound: BoundPods | undefined;
  private readonly ring: WatchCacheRing<WatchEvent>;
  private newestRevision: number;
  /** Revision of the earliest state that can be shown; infinite when there is none. */
  private oldestState: number;

  /** A cache that is filled at a revision with what there is then. */
  constructor(revision: number, objects: Iterable<ApiObject>) {
    this.state = new ByIdentity(objects);
    this.bound = undefined;
    this.ring = new WatchCacheRing(revision);
    this.newestRevision = revision;
    this.oldestState = revision;
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

  /** Of pods: those bound to a node. */
  onNode(nodeName: string): readonly ApiObject[] {
    this.bound ??= new BoundPods(this.values() as Iterable<Pod>);
    return this.state.inOrder(this.bound.on(nodeName));
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
    const { revision } = event.object;
    this.newestRevision = revision;
    if (this.oldestState > revision) this.oldestState = revision;
    if (this.ring.full) this.oldestState = Math.max(this.oldestState, this.ring.oldestRevision);
    if (event.type === 'DELETED') {
      this.state.delete(event.object.id);
      this.bound?.remove(event.object as Pod);
    } else {
      this.state.set(event.object);
      this.bound?.put(event.object as Pod);
    }
  }

  /** Nothing of its kind has changed up to a revision. */
  advance(revision: number): void {
    if (revision > this.newestRevision) this.newestRevision = revision;
  }

  /**
   * Whether it has a snapshot of what there was at a revision. There is one of each change in the ring, once that is full, and
   * of what the cache was filled with before; those from before a compaction go, and be it all of them
   * (storage/cacher/watch_cache.go, store/store_btree.go storeSnapshotter, compactor.go).
   */
  shows(revision: number, compactedRevision: number): boolean {
    if (this.oldestState <= compactedRevision) this.oldestState = this.ring.revisionAfter(compactedRevision);
    return revision >= this.oldestState;
  }

  /** What there was at a revision that it {@link shows}. */
  at(revision: number): Iterable<ApiObject> {
    return undone(this.state.values(), this.ring.since(revision)!).values();
  }

  /** Events after a revision, or `undefined` when some of them are no longer kept (410 Gone). */
  since(revision: number): WatchEvent[] | undefined {
    return this.ring.since(revision);
  }
}
