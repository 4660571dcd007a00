import type { Kind } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { Stream } from '../random/stream.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { Cacher, type CacherHost } from './cacher.js';
import { WatchCounts } from './flow-control/watch-counts.js';
import { FreshReads, type ReadOwner } from './fresh-reads.js';
import type { HubProbe } from './hub-probe.js';
import type { ObjectBytes } from './object-bytes.js';
import type { Store } from './store.js';
import { UnheardSink } from './unheard-sink.js';
import { WatchCache } from './watch-cache.js';
import { type DeadlineOwner, WatchDeadlines } from './watch-deadlines.js';
import type { Watcher } from './watcher.js';

/** Every watch hears about so often how far its cache has come (storage/cacher/cacher.go defaultBookmarkFrequency). */
const BOOKMARK_PERIOD_NS = 60e9;

/**
 * The way of the store's changes through one API server, kind by kind: into the watch caches, and from there to every
 * watcher. Changes that come while others are on the processor form the next batch, so that a burst costs one
 * simulation event and not one per watcher.
 */
export class WatchFanOut implements CacherHost, DeadlineOwner {
  /** Open watches, as flow control counts them. */
  readonly counts: WatchCounts;
  /** Reads that wait for the caches. */
  readonly reads: FreshReads;
  private readonly engine: Engine;
  private readonly host: Processor;
  private readonly component: number;
  private readonly costs: ApiServerCosts;
  private readonly bytes: ObjectBytes;
  private readonly store: Store;
  private readonly probe: HubProbe;
  private readonly cachers: (Cacher | undefined)[];
  private readonly dispatchedKind: EventKind;
  private readonly sentKind: EventKind;
  private readonly patienceKind: EventKind;
  private readonly roomKind: EventKind;
  private readonly bookmarkKind: EventKind;
  private readonly bookmarkedKind: EventKind;
  private readonly deadlines: WatchDeadlines;
  private stopped: boolean;
  /** Before the start nobody is told of changes: the caches are filled with what there is then. */
  private started: boolean;
  /** All caches are filled at the start; one is made when it is first needed, when nothing of its kind has changed since. */
  private filledRevision: number;

  /** `readers` hears of reads that have waited for the caches. */
  constructor(
    engine: Engine,
    host: Processor,
    component: number,
    costs: ApiServerCosts,
    bytes: ObjectBytes,
    store: Store,
    probe: HubProbe,
    timeouts: Stream,
    readers: ReadOwner,
  ) {
    this.counts = new WatchCounts();
    this.engine = engine;
    this.host = host;
    this.component = component;
    this.costs = costs;
    this.bytes = bytes;
    this.store = store;
    this.probe = probe;
    this.reads = new FreshReads(engine, readers, (kind) => this.cache(kind).revision);
    this.cachers = [];
    const cacher = (kindId: number): Cacher => this.cachers[kindId]!;
    this.dispatchedKind = engine.register('watch cache: dispatched', (kind) => cacher(kind).dispatched(), 'processor');
    this.sentKind = engine.register('watch cache: sent', (kind, group) => cacher(kind).sent(group), 'processor');
    this.patienceKind = engine.register('watch cache: held up', (kind) => cacher(kind).patienceOver(), 'timer');
    this.roomKind = engine.register('watch cache: line has room', (kind) => cacher(kind).lineHasRoom(), 'wire');
    this.bookmarkKind = engine.register('watch cache: bookmarks due', () => this.encodeBookmarks(), 'timer');
    this.bookmarkedKind = engine.register('watch cache: bookmarks sent', () => this.sendBookmarks(), 'processor');
    this.deadlines = new WatchDeadlines(engine, timeouts, this);
    this.stopped = false;
    this.started = false;
    this.filledRevision = 0;
  }

  get nowNs(): number {
    return this.engine.nowNs;
  }

  get cores(): number {
    return this.host.cores;
  }

  /** Whether a cache still lacks something that the store has committed. */
  get behind(): boolean {
    return this.cachers.some((cacher) => cacher !== undefined && cacher.pending > 0);
  }

  /** Starts the period of the bookmarks, and the clocks of watches. */
  start(): void {
    this.started = true;
    this.filledRevision = this.store.revision;
    this.engine.scheduleAs(true, BOOKMARK_PERIOD_NS, this.bookmarkKind);
  }

  /** Ends all watches, as the end of their connections does: the server is gone. Returns the reads that waited. */
  stop(): readonly number[] {
    this.stopped = true;
    const waiting = this.reads.clear();
    for (const cacher of this.cachers) cacher?.closeAll();
    return waiting;
  }

  /** Open watches of a kind. */
  watchersOf(kind: Kind): number {
    return this.cachers[kind.id]?.watcherCount ?? 0;
  }

  /** The watch cache of a kind. */
  cache(kind: Kind): WatchCache {
    return this.cacher(kind).cache;
  }

  /** Changes after a revision; undefined if some of them are forgotten: by the cache, or by etcd where there is none. */
  since(kind: Kind, revision: number): WatchEvent[] | undefined {
    if (!kind.watchCached && this.store.compacted(kind)?.hasCompacted(revision)) return undefined;
    return this.cache(kind).since(revision);
  }

  private cacher(kind: Kind): Cacher {
    let cacher = this.cachers[kind.id];
    if (cacher === undefined) {
      const revision = kind.watchCached && this.started ? this.filledRevision : this.store.revision;
      const cache = new WatchCache(revision, this.store.table(kind).values());
      const { engine } = this;
      const audit = engine.audit;
      const name = `watch cache: changes of ${kind.resource} to be dispatched`;
      const books = audit && ((length: () => number) => audit.queue(engine, name, length));
      cacher = new Cacher(kind, cache, this, this.costs, this.bytes, books);
      this.cachers[kind.id] = cacher;
    }
    return cacher;
  }

  /**
   * Opens a watch that has seen everything up to a revision, is to hear of everything after `missed`, which it gets at once, and to
   * end after so many seconds; 0: when the server likes.
   */
  subscribe(
    kind: Kind,
    sink: WatchSink,
    missed: readonly WatchEvent[],
    fromRevision: number,
    timeoutSeconds = 0,
  ): void {
    const watcher = this.cacher(kind).subscribe(sink, missed, fromRevision);
    if (this.started) this.deadlines.begin(kind, watcher, timeoutSeconds);
    this.counts.add(kind.id, '', '');
  }

  lastBookmark(kind: Kind, watcher: Watcher): void {
    watcher.bookmark(this.cacher(kind).processedRevision);
  }

  expired(kind: Kind, { sink }: Watcher): void {
    if (this.cacher(kind).unsubscribe(sink) === undefined) return;
    this.counts.remove(kind.id, '', '');
    sink.closed();
  }

  /** Ends a watch from the client's side. */
  unsubscribe(kind: Kind, sink: WatchSink): void {
    const watcher = this.cacher(kind).unsubscribe(sink);
    if (watcher === undefined) return;
    this.deadlines.end(watcher);
    this.counts.remove(kind.id, '', '');
  }

  /** The client of a watch is gone and the server does not know; returns what ends the watch, if there is one. */
  abandon(kind: Kind, sink: WatchSink): (() => void) | undefined {
    const unheard = new UnheardSink(sink);
    return this.cacher(kind).mute(sink, unheard) ? () => this.unsubscribe(kind, unheard) : undefined;
  }

  /** The store has committed a change. */
  changed(event: WatchEvent): void {
    const { kind } = event.object;
    if (!this.started && this.cachers[kind.id] === undefined) return;
    // What has no watch cache is watched in etcd, by each watcher for itself.
    if (kind.watchCached) this.cacher(kind).changed(event);
    else this.cachers[kind.id]?.changed(event);
  }

  /** Etcd has told how far the watch of a kind is. */
  progressed(kind: Kind, revision: number): void {
    this.cacher(kind).progressed(revision);
  }

  advanced(kind: Kind): void {
    this.reads.reached(kind);
  }

  dispatch(kind: Kind, costNs: number, work: boolean): void {
    this.run(costNs, work, this.dispatchedKind, kind.id, 0);
  }

  send(kind: Kind, group: number, costNs: number, work: boolean): void {
    this.run(costNs, work, this.sentKind, kind.id, group);
  }

  wait(kind: Kind, delayNs: number): void {
    this.engine.schedule(delayNs, this.patienceKind, kind.id);
  }

  sendLater(kind: Kind, delayNs: number, work: boolean): void {
    this.engine.scheduleAs(!work, delayNs, this.roomKind, kind.id);
  }

  fannedOut(bytes: number, watchers: number): void {
    this.probe.fannedOut(bytes, watchers);
  }

  terminated(kind: Kind, watcher: Watcher): void {
    this.probe.watchTerminated();
    this.deadlines.end(watcher);
    this.counts.remove(kind.id, '', '');
    watcher.sink.closed();
  }

  /** What is dispatched and sent may be of another class than what made room for it. */
  private run(costNs: number, work: boolean, kind: EventKind, target: number, a: number): void {
    const { inChore } = this.engine;
    this.engine.become(!work);
    this.host.run(this.component, costNs, kind, target, a);
    this.engine.become(inChore);
  }

  /** One event a period serves all watches: nobody can tell when within the period his bookmark came. */
  private encodeBookmarks(): void {
    if (this.stopped) return;
    this.engine.schedule(BOOKMARK_PERIOD_NS, this.bookmarkKind);
    let watchers = 0;
    for (const cacher of this.cachers) watchers += cacher?.watcherCount ?? 0;
    if (watchers > 0) this.host.run(this.component, this.costs.watchSendNs * watchers, this.bookmarkedKind);
  }

  private sendBookmarks(): void {
    for (const cacher of this.cachers) cacher?.bookmark();
  }
}
