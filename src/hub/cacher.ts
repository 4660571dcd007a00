import { type Kind, POD } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { QueueAudit } from '../engine/index.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { jsonBytes, type ObjectBytes } from './object-bytes.js';
import { encodingsOf, groupWithRoom, type SendGroup } from './send-group.js';
import { TimeBudget } from './time-budget.js';
import type { WatchCache } from './watch-cache.js';
import { watchChannelSize } from './watch-cache-channel.js';
import { Watcher } from './watcher.js';

/** Where a cacher's work is done and its time passes: the API server's fan-out. */
export interface CacherHost {
  readonly nowNs: number;
  readonly cores: number;
  /** Works for `costNs`, then calls {@link Cacher.dispatched}. */
  dispatch(kind: Kind, costNs: number, work: boolean): void;
  /** Works for `costNs`, then calls {@link Cacher.sent}. */
  send(kind: Kind, group: number, costNs: number, work: boolean): void;
  /** Calls {@link Cacher.patienceOver} after a time. */
  wait(kind: Kind, delayNs: number): void;
  /** A change of so many bytes goes to so many watchers. */
  fannedOut(bytes: number, watchers: number): void;
  /** A watch that could not keep up has been closed. */
  terminated(kind: Kind, watcher: Watcher): void;
  /** The cache has what the read of a row waited for. */
  readable(slot: number): void;
}

/** A read that waits until the cache has so many changes. */
interface Reader {
  readonly slot: number;
  readonly after: number;
}

/** A change that a watcher has no room for. */
interface Blocked {
  readonly watcher: Watcher;
  readonly event: WatchEvent;
}

/**
 * The changes of one kind on their way through an API server: one dispatcher puts them into the cache and into the
 * buffers of the watchers that must hear of them, and senders empty the buffers. A change that finds a buffer full holds
 * the dispatcher up, as long as its time budget lasts; then the watch is closed (storage/cacher/cacher.go dispatchEvent).
 */
export class Cacher {
  readonly cache: WatchCache;
  private readonly kind: Kind;
  private readonly host: CacherHost;
  private readonly costs: ApiServerCosts;
  private readonly bytes: ObjectBytes;
  private readonly budget: TimeBudget;
  private readonly groups: SendGroup[];
  private arriving: WatchEvent[];
  private batch: WatchEvent[];
  /** How long the objects of the batch are. */
  private readonly batchBytes: number[];
  /** How much of the batch has been dispatched. */
  private done: number;
  private busy: boolean;
  /** Changes that came, and those of them that are in the cache. */
  private received: number;
  private taken: number;
  /** Reads that wait for the changes that came before them, in order. */
  private readonly readers: Reader[];
  private blocked: Blocked[];
  private patienceNs: number;
  private blockedSinceNs: number;
  private readonly audit: QueueAudit | undefined;

  constructor(
    kind: Kind,
    cache: WatchCache,
    host: CacherHost,
    costs: ApiServerCosts,
    bytes: ObjectBytes,
    audit?: (length: () => number) => QueueAudit,
  ) {
    this.cache = cache;
    this.kind = kind;
    this.host = host;
    this.costs = costs;
    this.bytes = bytes;
    this.budget = new TimeBudget(host.nowNs);
    this.groups = [];
    this.arriving = [];
    this.batch = [];
    this.batchBytes = [];
    this.done = 0;
    this.busy = false;
    this.received = 0;
    this.taken = 0;
    this.readers = [];
    this.blocked = [];
    this.patienceNs = 0;
    this.blockedSinceNs = 0;
    this.audit = audit?.(() => this.pending);
  }

  /** Changes that came and are not in the cache yet. */
  get pending(): number {
    return this.arriving.length + this.batch.length - this.done;
  }

  get watcherCount(): number {
    let count = 0;
    for (const { watchers } of this.groups) count += watchers.length;
    return count;
  }

  /** Calls {@link CacherHost.readable} as soon as the cache has every change so far: at once, or later. */
  awaitFresh(slot: number): void {
    if (this.taken === this.received) this.host.readable(slot);
    else this.readers.push({ slot, after: this.received });
  }

  private releaseReaders(): void {
    while (this.readers.length > 0 && this.readers[0]!.after <= this.taken) {
      this.host.readable(this.readers.shift()!.slot);
    }
  }

  changed(event: WatchEvent): void {
    this.received++;
    this.audit?.enter(event.object.revision);
    this.arriving.push(event);
    if (!this.busy) this.beginDispatch();
  }

  /** Adds a watcher that is to hear of everything after `missed`, which it gets at once. */
  subscribe(sink: WatchSink, missed: readonly WatchEvent[]): Watcher {
    const size = watchChannelSize(this.cache.capacity, this.kind === POD, false);
    const watcher = new Watcher(sink, size, sink.json === true && this.kind.json !== true);
    groupWithRoom(this.groups, this.host.cores).add(watcher);
    for (const event of missed) {
      const translated = watcher.translate(event);
      if (translated !== undefined) watcher.queue(translated);
    }
    watcher.flush(watcher.waiting);
    return watcher;
  }

  /** Ends a watch, and gives it back; undefined if there was none. */
  unsubscribe(sink: WatchSink): Watcher | undefined {
    for (const group of this.groups) {
      const watcher = group.watcherOf(sink);
      if (watcher !== undefined) return group.remove(watcher);
    }
    return undefined;
  }

  /** Nobody hears a watch from now on; false if there is none. */
  mute(sink: WatchSink, unheard: WatchSink): boolean {
    return this.groups.some((group) => group.mute(sink, unheard));
  }

  /** Closes every watch; what waited to be sent is lost. Returns the reads that waited. */
  closeAll(): readonly number[] {
    const sinks = this.groups.flatMap(({ watchers }) => watchers.map(({ sink }) => sink));
    this.groups.length = 0;
    this.audit?.clear();
    this.done = 0;
    this.arriving.length = 0;
    this.batch.length = 0;
    this.blocked = [];
    for (const sink of sinks) sink.closed();
    return this.readers.splice(0).map(({ slot }) => slot);
  }

  /** Tells the watchers that wait for nothing how far the cache has come; the others will hear from what they wait for. */
  bookmark(): void {
    for (const { watchers } of this.groups) for (const watcher of watchers) watcher.bookmark(this.cache.revision);
  }

  private beginDispatch(): void {
    this.busy = true;
    const batch = this.arriving;
    this.arriving = this.batch;
    this.batch = batch;
    const { costs } = this;
    const kilobyteNs = costs.decodeKilobyteNs + costs.encodeKilobyteNs * encodingsOf(this.groups);
    let costNs = costs.watchEventNs * batch.length;
    let work = false;
    this.batchBytes.length = 0;
    for (const event of batch) {
      const bytes = this.bytes.of(event.object);
      this.batchBytes.push(bytes);
      costNs += Math.round((kilobyteNs * bytes) / 1000);
      work ||= !event.chore;
    }
    this.host.dispatch(this.kind, costNs, work);
  }

  /** The dispatcher has worked through the batch. */
  dispatched(): void {
    const { batch, cache, host } = this;
    while (this.done < batch.length) {
      const event = batch[this.done]!;
      this.audit?.leave(event.object.revision);
      const bytes = this.batchBytes[this.done++]!;
      cache.take(event, host.nowNs);
      this.taken++;
      this.offer(event, bytes);
      if (this.blocked.length === 0) continue;
      this.send();
      this.holdUp();
      return;
    }
    this.batch.length = 0;
    this.done = 0;
    this.busy = false;
    this.send();
    this.releaseReaders();
    if (this.arriving.length > 0) this.beginDispatch();
  }

  private offer(event: WatchEvent, bytes: number): void {
    let receivers = 0;
    let jsonReceivers = 0;
    for (const group of this.groups) {
      for (const watcher of group.watchers) {
        const translated = watcher.translate(event);
        if (translated === undefined) continue;
        receivers++;
        if (watcher.asJson) jsonReceivers++;
        if (watcher.full) this.blocked.push({ watcher, event: translated });
        else this.queue(group, watcher, translated);
      }
    }
    if (receivers > jsonReceivers) this.host.fannedOut(bytes, receivers - jsonReceivers);
    if (jsonReceivers > 0) this.host.fannedOut(jsonBytes(bytes), jsonReceivers);
  }

  private queue(group: SendGroup, watcher: Watcher, event: WatchEvent): void {
    watcher.queue(event);
    group.noteQueued(event);
  }

  private holdUp(): void {
    const { nowNs } = this.host;
    this.blockedSinceNs = nowNs;
    this.patienceNs = this.budget.takeAvailable(nowNs);
    this.host.wait(this.kind, this.patienceNs);
  }

  /** A time of waiting for full buffers is over, perhaps one that was not needed to its end. */
  patienceOver(): void {
    if (this.blocked.length > 0 && this.host.nowNs >= this.blockedSinceNs + this.patienceNs) this.unblock();
  }

  /** The budget is spent, or the last buffer has room again: watchers that still have none are closed. */
  private unblock(): void {
    for (const { watcher, event } of this.blocked) {
      const group = this.groups.find(({ watchers }) => watchers.includes(watcher));
      if (group === undefined) continue;
      if (!watcher.full) this.queue(group, watcher, event);
      else this.terminate(group, watcher);
    }
    this.blocked = [];
    this.budget.returnUnused(this.patienceNs - (this.host.nowNs - this.blockedSinceNs));
    this.dispatched();
  }

  private terminate(group: SendGroup, watcher: Watcher): void {
    group.remove(watcher);
    this.host.terminated(this.kind, watcher);
  }

  /** Has every group that has something to send, and is not at it, send. */
  private send(): void {
    for (let i = 0; i < this.groups.length; i++) {
      const group = this.groups[i]!;
      if (group.busy || group.waiting === 0) continue;
      const { work } = group;
      const { watchSendNs, watchFlushNs } = this.costs;
      const sendNs = watchSendNs * group.begin();
      this.host.send(this.kind, i, sendNs + watchFlushNs * group.served, work);
    }
  }

  /** A sender is done. */
  sent(group: number): void {
    // The server may have died meanwhile.
    this.groups[group]?.end();
    this.send();
    if (this.blocked.length > 0 && this.blocked.every(({ watcher }) => !watcher.full)) this.unblock();
  }
}
