import type { Kind } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { WatchCounts } from './flow-control/watch-counts.js';
import { WatchCache } from './watch-cache.js';

/** Every watch hears about so often how far its cache has come (storage/cacher/cacher.go defaultBookmarkFrequency). */
const BOOKMARK_PERIOD_NS = 60e9;

/**
 * The way of the store's changes through one API server: into the watch cache of their kind, and from there to every
 * watcher. Changes committed while others are on the processor form the next batch, so that a burst costs one
 * simulation event and not one per watcher.
 */
export class WatchFanOut {
  /** Open watches, as flow control counts them. */
  readonly counts: WatchCounts;
  private readonly engine: Engine;
  private readonly host: Processor;
  private readonly component: number;
  private readonly costs: ApiServerCosts;
  private readonly caches: (WatchCache | undefined)[];
  private readonly encodedKind: EventKind;
  private readonly bookmarkKind: EventKind;
  private readonly bookmarkedKind: EventKind;
  private arriving: WatchEvent[];
  private leaving: WatchEvent[];
  private busy: boolean;
  /** Consistent reads that wait for the caches. */
  private awaiting: number[];
  private readonly readable: (slot: number) => void;

  constructor(
    engine: Engine,
    host: Processor,
    component: number,
    costs: ApiServerCosts,
    readable: (slot: number) => void,
  ) {
    this.engine = engine;
    this.host = host;
    this.component = component;
    this.costs = costs;
    this.counts = new WatchCounts();
    this.caches = [];
    this.encodedKind = engine.register('api server: changes encoded', () => this.send(), 'processor');
    this.bookmarkKind = engine.register('api server: bookmarks due', () => this.encodeBookmarks(), 'timer');
    this.bookmarkedKind = engine.register('api server: bookmarks encoded', () => this.sendBookmarks(), 'processor');
    this.arriving = [];
    this.leaving = [];
    this.busy = false;
    this.awaiting = [];
    this.readable = readable;
  }

  /** Starts the period of the bookmarks. */
  start(): void {
    this.engine.scheduleAs(true, BOOKMARK_PERIOD_NS, this.bookmarkKind);
  }

  /** The watch cache of a kind. */
  cache(kind: Kind): WatchCache {
    let cache = this.caches[kind.id];
    if (cache === undefined) {
      cache = new WatchCache();
      this.caches[kind.id] = cache;
    }
    return cache;
  }

  /** Opens a watch that is to hear of everything after `missed`, which it gets at once. */
  subscribe(kind: Kind, sink: WatchSink, missed: readonly WatchEvent[]): void {
    this.cache(kind).subscribe(sink, missed);
    this.counts.add(kind.id, '', '');
  }

  /** Ends a watch from the client's side. */
  unsubscribe(kind: Kind, sink: WatchSink): void {
    if (this.cache(kind).unsubscribe(sink)) this.counts.remove(kind.id, '', '');
  }

  /** The store has committed a change. */
  changed(event: WatchEvent): void {
    this.arriving.push(event);
    if (!this.busy) this.encode();
  }

  /** Whether every change that the store has committed is in the caches. */
  get fresh(): boolean {
    return this.arriving.length === 0;
  }

  /** Calls back with the number as soon as the caches have everything that the store has committed by now. */
  awaitFresh(slot: number): void {
    this.awaiting.push(slot);
  }

  private encode(): void {
    this.busy = true;
    const batch = this.arriving;
    this.arriving = this.leaving;
    this.leaving = batch;
    const nowNs = this.engine.nowNs;
    let sends = 0;
    let work = false;
    for (const event of batch) {
      sends += this.cache(event.object.kind).take(event, nowNs);
      work ||= !event.chore;
    }
    if (this.awaiting.length > 0) this.releaseReaders();
    this.engine.become(!work);
    const costNs = this.costs.watchEventNs * batch.length + this.costs.watchSendNs * sends;
    this.host.run(this.component, costNs, this.encodedKind);
  }

  private releaseReaders(): void {
    const readers = this.awaiting;
    this.awaiting = [];
    for (const slot of readers) this.readable(slot);
  }

  private send(): void {
    for (const event of this.leaving) this.cache(event.object.kind).flush();
    this.leaving.length = 0;
    this.busy = false;
    if (this.arriving.length > 0) this.encode();
  }

  /** One event a period serves all watches: nobody can tell when within the period his bookmark came. */
  private encodeBookmarks(): void {
    this.engine.schedule(BOOKMARK_PERIOD_NS, this.bookmarkKind);
    let watchers = 0;
    for (const cache of this.caches) watchers += cache?.watcherCount ?? 0;
    if (watchers > 0) this.host.run(this.component, this.costs.watchSendNs * watchers, this.bookmarkedKind);
  }

  private sendBookmarks(): void {
    for (const cache of this.caches) cache?.bookmark();
  }
}
