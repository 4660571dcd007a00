import type { AnswerTaker, Call } from '../../api/call.js';
import type { Kind } from '../../api/kind.js';
import type { WatchEvent, WatchSink } from '../../api/watch.js';
import type { ApiClient } from '../../client/api-client.js';
import type { ClientProbe, ReceiverProbe } from '../../client/client-probe.js';
import type { Connection } from '../../client/connection.js';
import type { OutageWatch } from '../../client/outage.js';
import type { Process } from '../../client/process.js';
import type { EventKind } from '../../engine/index.js';
import type { Stream } from '../../random/stream.js';

/** Who hears of what listeners hear. */
export interface ListenerProbe extends ClientProbe {
  /** A change has reached somebody who only listens. */
  heard(event: WatchEvent, nowNs: number): void;
}

/** What listeners are made of. */
export interface ListenerParts {
  readonly process: Process;
  readonly client: ApiClient;
  readonly connection: Connection;
  readonly kind: Kind;
  readonly count: number;
  /** Processor time to decode one change, ns. */
  readonly decodeNs: number;
  /** How long the changes of one listener are on the wire is drawn from a stream of its own. */
  readonly wire: () => Stream;
  readonly probe: ListenerProbe;
}

/** The events on their way to one listener, and who it is; without events, that its watch was closed. */
interface Parcel {
  readonly listener: number;
  /** Which of its watches they are of. */
  readonly watch: number;
  readonly events: readonly WatchEvent[];
}

/**
 * Watchers that only listen: each has a watch of its own, decodes what it gets and keeps nothing. One whose watch is
 * closed opens it again at once from where it was.
 */
export class Listeners {
  readonly process: Process;
  readonly connection: Connection;
  private readonly client: ApiClient;
  private readonly kind: Kind;
  private readonly decodeNs: number;
  private readonly probe: ListenerProbe;
  private readonly receiver: ReceiverProbe;
  private readonly arrivedKind: EventKind;
  private readonly decodedKind: EventKind;
  private readonly listeners: readonly Listener[];
  private readonly parcels: (Parcel | undefined)[];
  private readonly free: number[];

  constructor({ process, client, connection, kind, count, decodeNs, wire, probe }: ListenerParts) {
    this.process = process;
    this.client = client;
    this.connection = connection;
    this.kind = kind;
    this.decodeNs = decodeNs;
    this.probe = probe;
    this.receiver = probe.receiver(process.name, kind, false);
    const { engine, name } = process;
    this.arrivedKind = engine.register(`${name}: changes on the wire`, (row) => this.arrived(row), 'wire');
    this.decodedKind = engine.register(`${name}: changes decoded`, (row) => this.decoded(row), 'processor');
    this.listeners = Array.from({ length: count }, (_, number) => new Listener(this, number, wire()));
    this.parcels = [];
    this.free = [];
  }

  start(): void {
    for (const listener of this.listeners) listener.watch();
  }

  /** Opens the watch of one of them. */
  openOne(number: number): void {
    this.listeners[number]!.watch();
  }

  /** Ends the watch of one of them from its side. */
  closeOne(number: number): void {
    this.end(this.listeners[number]!);
  }

  /** A listener hears no more, and its server if it can be told. */
  end(listener: Listener): void {
    this.connection.end(this.kind, listener);
  }

  /** All of them, as an outage of their connection knows them. */
  get watches(): readonly OutageWatch[] {
    return this.listeners;
  }

  /** Whether every watch is open. */
  get synced(): boolean {
    return this.listeners.every(({ open }) => open);
  }

  /** Opens a watch for one of them. */
  open(listener: Listener): void {
    const call = this.client.watch(this.kind, { fromRevision: listener.revision, sink: listener });
    call.answerTo = listener;
  }

  /** Events for one of them have left the API server and arrive after `delayNs`. */
  send(listener: number, watch: number, events: readonly WatchEvent[], delayNs: number): void {
    const row = this.free.pop() ?? this.parcels.length;
    this.parcels[row] = { listener, watch, events };
    this.process.engine.scheduleAs(
      events.length > 0 && events.every(({ chore }) => chore),
      delayNs,
      this.arrivedKind,
      row,
    );
  }

  private arrived(row: number): void {
    const { outage } = this.connection;
    const { listener, watch } = this.parcels[row]!;
    // What was under way when the connection was lost goes with it.
    if (watch !== this.listeners[listener]!.watches) this.take(row);
    else if (outage === undefined) this.decode(row);
    else outage.keepChanges(this.listeners[listener]!, row);
  }

  /** A parcel is there. */
  decode(row: number): void {
    const costNs = this.parcels[row]!.events.length * this.decodeNs;
    if (costNs === 0) this.decoded(row);
    else this.process.work(costNs, this.decodedKind, row);
  }

  /** Takes a parcel off the wire. */
  take(row: number): Parcel {
    const parcel = this.parcels[row]!;
    this.parcels[row] = undefined;
    this.free.push(row);
    return parcel;
  }

  private decoded(row: number): void {
    const { listener, events } = this.take(row);
    if (events.length === 0) {
      this.listeners[listener]!.watch();
      return;
    }
    const { nowNs } = this.process.engine;
    for (const event of events) {
      this.receiver.delivered(event, nowNs);
      this.probe.heard(event, nowNs);
    }
    this.listeners[listener]!.revision = events.at(-1)!.object.revision;
  }
}

/** One of them. */
class Listener implements WatchSink, AnswerTaker, OutageWatch {
  /** Revision up to which it has heard everything. */
  revision: number;
  /** Whether it has ever had a watch, and whether it has one, as far as it knows. */
  open: boolean;
  private watching: boolean;
  /** How many it has asked for. */
  watches: number;
  private readonly group: Listeners;
  private readonly number: number;
  private readonly stream: Stream;
  lastArrivalNs: number;

  constructor(group: Listeners, number: number, stream: Stream) {
    this.revision = 0;
    this.open = false;
    this.watching = false;
    this.watches = 0;
    this.group = group;
    this.number = number;
    this.stream = stream;
    this.lastArrivalNs = 0;
  }

  /** What its changes come by. */
  get wire(): { readonly lastArrivalNs: number } {
    return this;
  }

  watch(): void {
    this.watching = false;
    this.watches++;
    this.group.open(this);
  }

  /** A parcel that an outage has held up gets through. */
  arrived(row: number): void {
    this.group.decode(row);
  }

  /** Its connection is lost with some parcels: it watches anew, from where it was. */
  lose(parcels: readonly number[]): void {
    for (const row of parcels) this.group.take(row);
    if (!this.watching) return;
    this.group.end(this);
    this.watch();
  }

  answered(call: Call): void {
    if (call.code === 410) this.revision = 0;
    if (!call.ok) this.watch();
    else {
      this.open = true;
      this.watching = true;
      if (call.items !== undefined) this.revision = Math.max(this.revision, call.revision);
    }
  }

  matches(): boolean {
    return true;
  }

  get connection(): Connection {
    return this.group.connection;
  }

  push(events: readonly WatchEvent[]): void {
    const { connection, process } = this.group;
    this.lastArrivalNs = connection.arrivalNs(this.lastArrivalNs, this.stream, events);
    this.group.send(this.number, this.watches, events.slice(), this.lastArrivalNs - process.engine.nowNs);
  }

  bookmark(revision: number): void {
    if (revision > this.revision && this.lastArrivalNs <= this.group.process.engine.nowNs) this.revision = revision;
  }

  closed(): void {
    this.push([]);
  }
}
