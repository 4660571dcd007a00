import { type Kind, POD } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { QueueAudit } from '../engine/index.js';
import type { ApiServerCosts } from './api-server-costs.js';
import { IncomingChanges } from './incoming-changes.js';
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
  /** Calls {@link Cacher.lineHasRoom} after a time. */
  sendLater(kind: Kind, delayNs: number, work: boolean): void;
  /** A change of so many bytes goes to so many watchers. */
  fannedOut(bytes: number, watchers: number): void;
  /** A watch that could not keep up has been closed. */
  terminated(kind: Kind, watcher: Watcher): void;
  /** The cache has moved on. */
  advanced(kind: Kind): void;
}

/** A change that a watcher has no room for. */
interface Blocked {
  readonly watcher: Watcher;
  readonly event: WatchEvent;
}

/**
 * The changes of one kind on their way through an API server: they are decoded and put into the cache, a dispatcher puts them
 * into the buffers of the watchers that must hear of them, and senders empty the buffers. A change that finds a buffer full
 * holds the dispatcher up, as long as its time budget lasts; then the watch is closed (storage/cacher/cacher.go dispatchEvent).
 */
export class Cacher {
  readonly cache: WatchCache;
  private readonly kind: Kind;
  private readonly host: CacherHost;
  private readonly costs: ApiServerCosts;
  private readonly budget: TimeBudget;
  private readonly groups: SendGroup[];
  private readonly incoming: IncomingChanges;
  /** What etcd has told of its progress, behind so many changes; 0: nothing new. */
  private progressRevision: number;
  private progressAfter: number;
  /** Up to which the watchers have been told of everything. */
  private dispatchedRevision: number;
  private blocked: Blocked[];
  private patienceNs: number;
  private blockedSinceNs: number;
  private readonly audit: QueueAudit | undefined;
  /** When a line that is full will have room; infinite: none is waited for. */
  private roomDueNs: number;

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
    this.budget = new TimeBudget(host.nowNs);
    this.groups = [];
    this.incoming = new IncomingChanges(bytes);
    this.progressRevision = 0;
    this.progressAfter = 0;
    this.dispatchedRevision = cache.revision;
    this.blocked = [];
    this.patienceNs = 0;
    this.blockedSinceNs = 0;
    this.audit = audit?.(() => this.pending);
    this.roomDueNs = Number.POSITIVE_INFINITY;
  }

  /** Changes that came and have not been dispatched yet. */
  get pending(): number {
    return this.incoming.pending;
  }

  get watcherCount(): number {
    let count = 0;
    for (const { watchers } of this.groups) count += watchers.length;
    return count;
  }

  /** Up to which every watcher that waits for nothing has heard of everything. */
  get processedRevision(): number {
    return this.pending === 0 ? this.cache.revision : this.dispatchedRevision;
  }

  /** Etcd has sent everything up to a revision: the cache is there when it has taken what came before. */
  progressed(revision: number): void {
    this.progressRevision = revision;
    this.progressAfter = this.incoming.received;
    this.advanceCache();
  }

  private advanceCache(): void {
    if (this.progressRevision > 0 && this.incoming.inCache >= this.progressAfter) {
      this.cache.advance(this.progressRevision);
      this.progressRevision = 0;
    }
    this.host.advanced(this.kind);
  }

  changed(event: WatchEvent): void {
    this.audit?.enter(event.object.revision);
    this.incoming.add(event);
    this.beginDecoding();
  }

  /** Adds a watcher that has seen everything up to a revision and is to hear of everything after `missed`, which it gets at once. */
  subscribe(sink: WatchSink, missed: readonly WatchEvent[], fromRevision: number): Watcher {
    const size = watchChannelSize(this.cache.capacity, this.kind === POD, false);
    const json = sink.json === true && this.kind.json !== true;
    const watcher = new Watcher(sink, size, json, Math.max(fromRevision, this.cache.revision));
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

  /** Closes every watch; what waited to be sent is lost. */
  closeAll(): void {
    const sinks = this.groups.flatMap(({ watchers }) => watchers.map(({ sink }) => sink));
    this.groups.length = 0;
    this.audit?.clear();
    this.incoming.clear();
    this.blocked = [];
    for (const sink of sinks) sink.closed();
  }

  /** Tells the watchers that wait for nothing how far the cache has come; the others will hear from what they wait for. */
  bookmark(): void {
    for (const { watchers } of this.groups) for (const watcher of watchers) watcher.bookmark(this.processedRevision);
  }

  private beginDecoding(): void {
    const { incoming, costs } = this;
    if (!incoming.begin(this.blocked.length > 0)) return;
    const kilobyteNs = costs.decodeKilobyteNs + costs.encodeKilobyteNs * encodingsOf(this.groups);
    this.host.dispatch(this.kind, incoming.costNs(costs.watchEventNs, kilobyteNs), incoming.work);
  }

  /** What was being decoded is; it is dispatched at once, unless the dispatcher is held up. */
  dispatched(): void {
    this.incoming.finish();
    if (this.blocked.length === 0) this.dispatch();
    else this.fill();
  }

  /** The cache goes on while the dispatcher is held up. */
  private fill(): void {
    this.incoming.fill(this.cache, this.host.nowNs);
    this.advanceCache();
    this.beginDecoding();
  }

  private dispatch(): void {
    const { incoming, cache, host } = this;
    while (incoming.canDispatch) {
      incoming.fill(cache, host.nowNs);
      const event = incoming.next;
      const bytes = incoming.nextBytes;
      this.audit?.leave(event.object.revision);
      incoming.advance();
      this.offer(event, bytes);
      this.dispatchedRevision = event.object.revision;
      if (this.blocked.length === 0) continue;
      this.send();
      this.holdUp();
      this.fill();
      return;
    }
    this.send();
    this.advanceCache();
    this.beginDecoding();
  }

  private offer(event: WatchEvent, bytes: number): void {
    let receivers = 0;
    let jsonReceivers = 0;
    for (const group of this.groups) {
      for (const watcher of group.watchers) {
        if (event.object.revision <= watcher.fromRevision) continue;
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
    this.dispatch();
  }

  private terminate(group: SendGroup, watcher: Watcher): void {
    group.remove(watcher);
    this.host.terminated(this.kind, watcher);
  }

  /** A line that was full has room. */
  lineHasRoom(): void {
    this.roomDueNs = Number.POSITIVE_INFINITY;
    this.send();
  }

  /** Has every group that has something to send, and is not at it, send. */
  private send(): void {
    for (let i = 0; i < this.groups.length; i++) {
      const group = this.groups[i]!;
      if (group.busy || group.waiting === 0) continue;
      const { work } = group;
      const events = group.begin();
      if (group.fullNs > 0) this.awaitRoom(group.fullNs, work);
      if (events === 0) continue;
      const { watchSendNs, watchFlushNs } = this.costs;
      this.host.send(this.kind, i, watchSendNs * events + watchFlushNs * group.served, work);
    }
  }

  /** What waits for a line is tried again when that has room; its watcher's buffer fills up meanwhile. */
  private awaitRoom(delayNs: number, work: boolean): void {
    const dueNs = this.host.nowNs + delayNs;
    if (dueNs >= this.roomDueNs) return;
    this.roomDueNs = dueNs;
    this.host.sendLater(this.kind, delayNs, work);
  }

  /** A sender is done. */
  sent(group: number): void {
    // The server may have died meanwhile.
    this.groups[group]?.end();
    this.send();
    if (this.blocked.length > 0 && this.blocked.every(({ watcher }) => !watcher.full)) this.unblock();
  }
}
