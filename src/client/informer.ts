import type { AnswerTaker, Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { EventKind } from '../engine/index.js';
import type { ApiClient } from './api-client.js';
import type { ClientProbe, ReceiverProbe } from './client-probe.js';
import type { Connection } from './connection.js';
import type { InformerHandler } from './informer-handler.js';
import type { InformerOptions } from './informer-options.js';
import { ObjectCache } from './object-cache.js';
import type { OutageWatch } from './outage.js';
import { type ListTaker, type Part, Poller } from './poller.js';
import type { Process } from './process.js';
import type { ReflectorBackoff } from './reflector-backoff.js';
import { WatchInbox } from './watch-inbox.js';
import { WatchProgress } from './watch-progress.js';
import { WatchTrace } from './watch-trace.js';
import { WatchWire } from './watch-wire.js';

/**
 * A process's view of one kind: list, then watch, into a cache that is exactly as stale as the watch
 * (client-go reflector and shared informer). Handlers run after the cache has the change.
 */
export class Informer<T extends ApiObject> implements WatchSink, AnswerTaker, ListTaker, OutageWatch {
  readonly kind: Kind;
  readonly cache: ObjectCache<T>;
  readonly json: boolean;
  private readonly process: Process;
  private readonly client: ApiClient;
  readonly connection: Connection;
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
  /** What its watch sends comes by. */
  readonly wire: WatchWire;
  private revision: number;
  private readonly progress: WatchProgress;
  /** Whether a watch is open, as far as it knows. */
  private watching: boolean;
  /** Up to when it heard of everything: since then it is without a watch, or has read nothing. */
  private heardNs: number;
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
    this.json = client.caller.json === true;
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
    this.wire = new WatchWire(connection, options.wire);
    this.revision = 0;
    this.progress = new WatchProgress();
    this.watching = false;
    this.heardNs = process.engine.nowNs;
    this.known = false;
    this.trace = engine.trace && new WatchTrace(engine.trace, name);
  }

  /** Whether it has its first list (HasSynced). */
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

  /** From now on all that its handlers hear comes to them through another one. */
  detour(through: (handlers: readonly InformerHandler<T>[]) => InformerHandler<T>): void {
    this.handlers.push(through(this.handlers.splice(0)));
  }

  /** Opens the watch; the state follows with its answer. */
  start(): void {
    if (this.poller === undefined) this.watch();
    else this.poller.start();
  }

  private watch(): void {
    const { client, kind, revision, options } = this;
    this.watching = false;
    const call =
      revision === 0 && options.listsFirst
        ? client.list(kind, '0', (object) => this.matches(object))
        : client.watch(kind, { fromRevision: revision, sink: this, timeoutSeconds: options.timeouts.next() });
    call.answerTo = this;
  }

  /** A poll has been answered. */
  listed(part: Part | undefined, items: readonly ApiObject[]): void {
    const { poller, options } = this;
    const wanted = part?.request.selects ?? (options.selects as Part['request']['selects'] | undefined);
    this.replace((wanted === undefined ? items : items.filter(wanted)) as readonly T[], poller!.revision, part);
    this.known ||= poller!.revision > 0;
  }

  answered(call: Call): void {
    if (!call.ok) {
      // A server that is not there, or has no room, is asked for the same again; any other refusal ends in a new list.
      const comesBack = call.code === 0 && call.reason !== 'ConnectionTimeout';
      if (!comesBack && call.code !== 429) this.revision = 0;
      // A server whose cache was not there in time is asked again at once (isTooLargeResourceVersionError).
      if (call.verb === 'watch' && call.code === 504) this.watch();
      else this.retry();
      return;
    }
    if (call.items !== undefined) this.replace(call.items as readonly T[], call.revision);
    this.known = true;
    this.watching = call.verb === 'watch';
    this.take(0);
    if (call.verb === 'list') this.watch();
  }

  matches(object: ApiObject): boolean {
    return this.options.selects?.(object as T) !== false;
  }

  /** Its process is dead: it watches no more. */
  end(): void {
    this.connection.end(this.kind, this);
  }

  /** Its connection is lost with the last changes, in so many parcels: it lists anew (client-go reflector: "watch ended with error"). */
  lose(parcels: readonly number[], sinceNs: number): void {
    const held = parcels.reduce((sum, count) => sum + count, 0);
    this.trace?.lost(parcels.length);
    this.inbox.dropLast(held);
    this.progress.reopen(held);
    this.progress.forgetBookmark();
    if (!this.watching) return;
    this.connection.end(this.kind, this);
    this.watching = false;
    this.heardNs = sinceNs;
    this.revision = 0;
    this.retry();
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
    this.progress.sent(events.length);
    const { engine } = this.process;
    this.trace?.sent(events.length, engine.nowNs);
    engine.scheduleAs(chore, this.wire.send(events, engine.nowNs), this.arrivedKind, events.length);
  }

  /** The bookmark comes behind the changes sent before it: it counts when they have been applied. */
  bookmark(revision: number): void {
    if (this.connection.outage !== undefined) return;
    this.progress.bookmark(revision);
    this.readBookmark();
  }

  private readBookmark(): void {
    if (!this.known) return;
    const revision = this.progress.dueBookmark();
    if (revision > this.revision) this.revision = revision;
  }

  /** The watch ended, behind the changes sent before: when they have been applied it is opened again from there. */
  closed(): void {
    this.progress.close();
    const { engine } = this.process;
    this.heardNs = engine.nowNs;
    engine.scheduleAs(false, this.wire.end(engine.nowNs), this.arrivedKind, 0);
  }

  /** The connection of the watch breaks, and none can be made before that moment. */
  drop(untilNs: number): void {
    if (!this.known || this.progress.closed) return;
    this.connection.unwatch(this.kind, this);
    this.wire.delay(untilNs);
    this.closed();
  }

  private retry(): void {
    this.process.engine.schedule(this.backoff.nextNs(this.process.engine.nowNs), this.retryKind);
  }

  /** So many changes have crossed the wire; none: the watch has ended. */
  arrived(count: number): void {
    const { outage } = this.connection;
    if (outage !== undefined) {
      outage.keepChanges(this, count);
      return;
    }
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
    this.progress.taken(due);
    this.readBookmark();
    if (!this.progress.ended) return;
    this.progress.reopen();
    this.watch();
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
    const gone = this.cache.missingFrom(items, part?.known() as readonly T[] | undefined);
    let changed = gone.length > 0;
    for (const known of gone) {
      this.cache.remove(known);
      for (const handler of this.handlers) handler.deleted(known, known);
    }
    this.revision = revision;
    this.progress.forgetBookmark();
    for (const item of items) {
      if (this.cache.byId(item.id)?.revision === item.revision) continue;
      changed = true;
      this.store(item);
    }
    this.receiver.listed(changed ? nowNs - this.heardNs : 0, nowNs);
    this.heardNs = nowNs;
  }
}
