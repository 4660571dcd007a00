import type { AnswerTaker, Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import type { ClientProbe, ReceiverProbe } from './client-probe.js';
import type { Connection } from './connection.js';
import type { InformerOptions } from './informer-options.js';
import { ObjectCache } from './object-cache.js';
import { type ListTaker, type Part, Poller } from './poller.js';
import type { Process } from './process.js';
import type { ReflectorBackoff } from './reflector-backoff.js';
import type { SlowWatch } from './slow-watch.js';
import { WatchInbox } from './watch-inbox.js';
import { WatchTrace } from './watch-trace.js';

/** Who is told what an informer's cache has just learnt. */
export interface InformerHandler<T extends ApiObject> {
  added(object: T): void;
  updated(previous: T, object: T): void;
  /** `object` is the last version there was, `last` the last one that the cache had. */
  deleted(object: T, last: T | undefined): void;
}

/**
 * A process's view of one kind: list, then watch, into a cache that is exactly as stale as the watch
 * (client-go reflector and shared informer). Handlers run after the cache has the change.
 */
export class Informer<T extends ApiObject> implements WatchSink, AnswerTaker, ListTaker {
  readonly kind: Kind;
  readonly cache: ObjectCache<T>;
  private readonly process: Process;
  private readonly client: ApiClient;
  private readonly connection: Connection;
  private readonly options: InformerOptions<T>;
  private readonly backoff: ReflectorBackoff;
  private readonly receiver: ReceiverProbe;
  /** Set if it polls. */
  readonly poller: Poller | undefined;
  private readonly handlers: InformerHandler<T>[];
  private readonly arrivedKind: EventKind;
  private readonly decodedKind: EventKind;
  private readonly retryKind: EventKind;
  private readonly inbox: WatchInbox;
  /** Changes decoded before the first list arrived. */
  private inboxDecoded: number;
  private lastArrivalNs: number;
  private revision: number;
  /** Changes received and applied since the start, and a bookmark with the changes that came before it. */
  private received: number;
  private applied: number;
  private bookmarkRevision: number;
  private bookmarkAfter: number;
  /** The watch was closed behind so many changes; -1 = it is open. */
  private closedAfter: number;
  /** Up to when it heard of everything: since then it is without a watch, or has read nothing. */
  private heardNs: number;
  /** Makes its changes take longer on their way. */
  slowness: SlowWatch | undefined;
  private known: boolean;
  private readonly trace: WatchTrace | undefined;

  constructor(
    process: Process,
    client: ApiClient,
    connection: Connection,
    kind: Kind,
    options: InformerOptions<T>,
    backoff: ReflectorBackoff,
    probe: ClientProbe,
  ) {
    const { engine } = process;
    const name = `${process.name}: ${kind.resource} informer`;
    this.kind = kind;
    this.cache = new ObjectCache();
    this.process = process;
    this.client = client;
    this.connection = connection;
    this.options = options;
    this.backoff = backoff;
    this.receiver = probe.receiver(process.name, kind, true);
    const { pollNs = 0 } = options;
    this.poller = pollNs === 0 ? undefined : new Poller(process, client, kind, pollNs, this);
    this.handlers = [];
    this.arrivedKind = engine.register(`${name}: changes on the wire`, (count) => this.arrived(count), 'wire');
    this.decodedKind = engine.register(`${name}: changes decoded`, (count) => this.take(count), 'processor');
    this.retryKind = engine.register(`${name}: backoff`, () => this.watch(), 'timer');
    this.inbox = new WatchInbox();
    this.inboxDecoded = 0;
    this.lastArrivalNs = 0;
    this.revision = 0;
    this.received = 0;
    this.applied = 0;
    this.bookmarkRevision = 0;
    this.bookmarkAfter = 0;
    this.closedAfter = -1;
    this.heardNs = process.engine.nowNs;
    this.slowness = undefined;
    this.known = false;
    this.trace = engine.trace && new WatchTrace(engine.trace, name);
  }

  /** Whether the first list has arrived (HasSynced). */
  get synced(): boolean {
    return this.known;
  }

  /** Revision as of which the cache shows the objects (LastStoreSyncResourceVersion). */
  get syncedRevision(): number {
    return this.revision;
  }

  addHandler(handler: InformerHandler<T>): void {
    this.handlers.push(handler);
  }

  /** Opens the watch; the state follows with its answer. */
  start(): void {
    if (this.poller === undefined) this.watch();
    else this.poller.start();
  }

  private watch(): void {
    const { client, kind, revision, options } = this;
    const call =
      revision === 0 && options.listsFirst
        ? client.list(kind, '0', (object) => this.matches(object))
        : client.watch(kind, { fromRevision: revision, sink: this });
    call.answerTo = this;
  }

  /** A poll has been answered. */
  listed(part: Part, items: readonly ApiObject[]): void {
    const { poller, options } = this;
    const wanted = part ?? (options.selects as Part);
    this.replace((wanted === undefined ? items : items.filter(wanted)) as readonly T[], poller!.revision, part);
    this.known ||= poller!.revision > 0;
  }

  answered(call: Call): void {
    if (!call.ok) {
      // A server that is not there, or has no room, is asked for the same again; any other refusal ends in a new list.
      if (call.code !== 0 && call.code !== 429) this.revision = 0;
      this.retry();
      return;
    }
    if (call.items !== undefined) this.replace(call.items as readonly T[], call.revision);
    this.known = true;
    this.take(0);
    if (call.verb === 'list') this.watch();
  }

  matches(object: ApiObject): boolean {
    const selects = this.options.selects;
    return selects === undefined || selects(object as T);
  }

  /** Its process is dead: it watches no more. */
  end(): void {
    this.connection.unwatch(this.kind, this);
  }

  push(events: readonly WatchEvent[]): void {
    if (!this.process.alive) {
      this.end();
      return;
    }
    let chore = true;
    for (const event of events) {
      this.inbox.push(event);
      if (!event.chore) chore = false;
    }
    this.received += events.length;
    const { engine } = this.process;
    this.trace?.sent(events.length, engine.nowNs);
    const arrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.options.wire);
    this.lastArrivalNs = this.slowness === undefined ? arrivalNs : this.slowness.arrivalNs(arrivalNs, engine.nowNs);
    engine.scheduleAs(chore, this.lastArrivalNs - engine.nowNs, this.arrivedKind, events.length);
  }

  /** The bookmark comes behind the changes sent before it: it counts when they have been applied. */
  bookmark(revision: number): void {
    this.bookmarkRevision = revision;
    this.bookmarkAfter = this.received;
    this.readBookmark();
  }

  private readBookmark(): void {
    if (!this.known || this.applied < this.bookmarkAfter) return;
    if (this.bookmarkRevision > this.revision) this.revision = this.bookmarkRevision;
    this.bookmarkRevision = 0;
  }

  /** The watch ended, behind the changes sent before: when they have been applied it is opened again from there. */
  closed(): void {
    this.closedAfter = this.received;
    const { engine } = this.process;
    this.heardNs = engine.nowNs;
    this.lastArrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.options.wire);
    engine.scheduleAs(false, this.lastArrivalNs - engine.nowNs, this.arrivedKind, 0);
  }

  /** Nothing that the watch sends arrives before that moment; what waits then comes at once, in order. */
  delay(untilNs: number): void {
    this.lastArrivalNs = Math.max(this.lastArrivalNs, untilNs);
  }

  /** The connection of the watch breaks, and none can be made before that moment. */
  drop(untilNs: number): void {
    if (!this.known || this.closedAfter >= 0) return;
    this.connection.unwatch(this.kind, this);
    this.delay(untilNs);
    this.closed();
  }

  private reopen(): void {
    this.closedAfter = -1;
    this.watch();
  }

  private retry(): void {
    this.process.engine.schedule(this.backoff.nextNs(this.process.engine.nowNs), this.retryKind);
  }

  private arrived(count: number): void {
    if (count > 0) this.trace?.arrived(this.process.engine.nowNs);
    const costNs = count * this.options.decodeNs;
    if (costNs === 0) this.take(count);
    else this.process.work(costNs, this.decodedKind, count);
  }

  /** Applies changes that have been decoded; those that arrived before the first list wait for it. */
  private take(count: number): void {
    if (!this.known) {
      this.inboxDecoded += count;
      return;
    }
    const due = this.inboxDecoded + count;
    this.inboxDecoded = 0;
    for (let i = 0; i < due; i++) this.apply(this.inbox.next());
    this.applied += due;
    if (this.bookmarkRevision > 0) this.readBookmark();
    if (this.closedAfter >= 0 && this.applied >= this.closedAfter) this.reopen();
  }

  private apply(event: WatchEvent): void {
    const object = event.object as T;
    this.trace?.applied(event, this.process.engine.nowNs);
    if (object.revision <= this.revision) return;
    this.revision = object.revision;
    const { engine } = this.process;
    engine.become(event.chore);
    this.receiver.delivered(event, engine.nowNs);
    if (event.type === 'DELETED') {
      const last = this.cache.byId(object.id);
      this.cache.remove(object);
      for (const handler of this.handlers) handler.deleted(object, last);
      return;
    }
    this.store(object);
  }

  private store(object: T): void {
    const previous = this.cache.byId(object.id);
    this.cache.put(object, previous);
    for (const handler of this.handlers) {
      if (previous === undefined) handler.added(object);
      else handler.updated(previous, object);
    }
  }

  /** Makes the cache equal to a fresh list and tells the handlers the difference (DeltaFIFO Replace). */
  private replace(items: readonly T[], revision: number, part?: Part): void {
    const { nowNs } = this.process.engine;
    const present = new Set<number>();
    for (const item of items) present.add(item.id);
    let changed = false;
    for (const known of [...this.cache.values()]) {
      if (present.has(known.id) || part?.(known) === false) continue;
      changed = true;
      this.cache.remove(known);
      for (const handler of this.handlers) handler.deleted(known, known);
    }
    this.revision = revision;
    this.bookmarkRevision = 0;
    for (const item of items) {
      if (this.cache.byId(item.id)?.revision === item.revision) continue;
      changed = true;
      this.store(item);
    }
    this.receiver.listed(changed ? nowNs - this.heardNs : 0, nowNs);
    this.heardNs = nowNs;
  }
}
