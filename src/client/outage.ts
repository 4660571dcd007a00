import { type Kind, LEASE } from '../api/kind.js';
import { nextAttemptNs, OPENING, RETRANSMISSION } from '../api/next-attempt.js';
import type { WatchSink } from '../api/watch.js';
import type { EventHandle } from '../engine/index.js';
import type { Connection } from './connection.js';
import type { OutageTimers } from './outage-timers.js';

/** A connection on which nothing came for so long is asked for a sign of life (apimachinery/pkg/util/net/http.go ReadIdleTimeout). */
const READ_IDLE_NS = 30e9;
/** It is lost when none comes within this (PingTimeout). */
const PING_TIMEOUT_NS = 15e9;
/** Trying to connect ends after this (client-go transport/cache.go net.Dialer Timeout), or with who answers no handshake (TLSHandshakeTimeout). */
const DIAL_TIMEOUT_NS = 30e9;
const HANDSHAKE_TIMEOUT_NS = 10e9;
/** Calls of leader elections alone have a timeout: half the renew deadline (resourcelock.NewFromKubeconfig). */
const LEASE_TIMEOUT_NS = 5e9;
/** A server's kernel gives up what nobody acknowledges (tcp(7) tcp_retries2: 15 retransmissions). */
const SERVER_GIVES_UP_NS = 924.6e9;

/** Why nothing comes: the wire is cut, or the server stands still while its kernel acknowledges all. */
export type Silence = 'cut' | 'frozen';

/** A watch of the program, which loses what was sent and not heard, and begins anew. */
export interface OutageWatch {
  readonly wire: { readonly lastArrivalNs: number };
  arrived(parcel: number): void;
  /** The last changes are lost, in the parcels that were kept of it. */
  lose(parcels: readonly number[], sinceNs: number): void;
}

/** What an outage is of. */
export interface OutageParts {
  readonly timers: OutageTimers;
  readonly connection: Connection;
  readonly watches: readonly OutageWatch[];
  readonly silence: Silence;
  /** Ends the connection; whether a new one would find a server. */
  readonly redial: () => boolean;
}

/** What has not got through: a call, an answer by its row, or changes of a watch. */
interface Held {
  readonly sort: 'call' | 'answer' | OutageWatch;
  readonly row: number;
  readonly sinceNs: number;
  readonly chore: boolean;
}

/**
 * A program whose server does not answer. First it waits: what is sent waits in the kernels and gets through, in order, if
 * the silence ends in time. When an HTTP/2 ping stays without answer the connection is lost with all that was on it; then
 * calls wait for a new one, each until its time is up. The server knows nothing of that: it goes on sending to the
 * program's watches until its kernel gives up, or hears that nobody is there any more.
 */
export class Outage {
  private readonly parts: OutageParts;
  private readonly number: number;
  private readonly sinceNs: number;
  private readonly held: Map<number, Held>;
  private tickets: number;
  private state: 'stalled' | 'dialing' | 'over';
  private ended: boolean;
  private throughHandle: EventHandle | undefined;
  /** End the watches that a server still has of it. */
  private abandoned: (() => void)[];

  /** `connected`: whether there is a connection that goes silent, or one is to be made only now. */
  constructor(parts: OutageParts, connected: boolean) {
    const { timers, connection } = parts;
    const { engine } = timers;
    this.parts = parts;
    this.number = timers.add(this);
    this.sinceNs = engine.nowNs;
    this.held = new Map();
    this.tickets = 0;
    this.state = connected ? 'stalled' : 'dialing';
    this.ended = false;
    this.throughHandle = undefined;
    this.abandoned = [];
    connection.outage = this;
    if (connected) engine.scheduleAs(true, this.pingLostNs() - engine.nowNs, timers.lostKind, this.number);
  }

  /** When the ping that follows what was heard last has had no answer. */
  private pingLostNs(): number {
    const { connection, watches } = this.parts;
    let heardNs = connection.heardNs;
    for (const { wire } of watches)
      if (wire.lastArrivalNs <= this.sinceNs) heardNs = Math.max(heardNs, wire.lastArrivalNs);
    const pings = Math.floor((this.sinceNs - heardNs) / READ_IDLE_NS);
    return heardNs + pings * READ_IDLE_NS + READ_IDLE_NS + PING_TIMEOUT_NS;
  }

  /** A call has left and does not arrive. */
  keepCall(row: number): void {
    this.keep('call', row);
  }

  /** An answer has left the server and does not arrive. */
  keepAnswer(row: number): void {
    this.keep('answer', row);
  }

  /** Changes of a watch do not arrive: a parcel, by whatever number the watch knows it. */
  keepChanges(watch: OutageWatch, parcel: number): void {
    this.keep(watch, parcel);
  }

  private keep(sort: Held['sort'], row: number): void {
    const { timers, connection } = this.parts;
    const { engine } = timers;
    const ticket = this.tickets++;
    this.held.set(ticket, { sort, row, sinceNs: engine.nowNs, chore: engine.inChore });
    if (typeof sort !== 'string') return;
    const call = connection.callOf(row);
    let untilNs = Number.POSITIVE_INFINITY;
    if (this.state === 'dialing') untilNs = engine.nowNs + this.dialTimeoutNs;
    if (call.kind === LEASE) untilNs = Math.min(untilNs, Math.max(engine.nowNs, call.sentNs + LEASE_TIMEOUT_NS));
    if (untilNs < Number.POSITIVE_INFINITY)
      engine.scheduleAs(true, untilNs - engine.nowNs, timers.timedOutKind, this.number, ticket);
  }

  private get dialTimeoutNs(): number {
    return this.parts.silence === 'cut' ? DIAL_TIMEOUT_NS : HANDSHAKE_TIMEOUT_NS;
  }

  /** The time of a call is up. */
  timedOut(ticket: number): void {
    const held = this.held.get(ticket);
    if (held === undefined) return;
    this.held.delete(ticket);
    this.parts.connection.fail(held.row);
  }

  /** No sign of life: the connection ends with all that was on it. */
  lost(): void {
    if (this.state !== 'stalled') return;
    const { connection, watches, redial, timers } = this.parts;
    const held = [...this.held.values()];
    this.held.clear();
    this.state = 'dialing';
    connection.lose();
    // Reading all anew is more than a chore.
    timers.engine.become(false);
    for (const watch of watches) {
      const parcels = held.flatMap(({ sort, row }) => (sort === watch ? [row] : []));
      watch.lose(parcels, this.sinceNs);
    }
    for (const { sort, row } of held) if (typeof sort === 'string') connection.fail(row);
    if (redial() || this.ended) this.through();
  }

  /** The server goes on with a watch that nobody listens to. */
  abandon(kind: Kind, sink: WatchSink): void {
    const end = this.parts.connection.abandon(kind, sink);
    if (end === undefined) return;
    if (this.abandoned.push(end) > 1) return;
    const { engine, gaveUpKind } = this.parts.timers;
    const giveUpNs = Math.max(engine.nowNs, this.sinceNs + SERVER_GIVES_UP_NS);
    engine.scheduleAs(true, giveUpNs - engine.nowNs, gaveUpKind, this.number);
  }

  /** The server hears that a connection is no more, or gives it up. */
  forgotten(): void {
    for (const end of this.abandoned.splice(0)) end();
  }

  /** The server can be reached again: the next attempt of each side gets through. */
  end(): void {
    const { engine, throughKind } = this.parts.timers;
    this.ended = true;
    if (this.state === 'over') this.forgotten();
    else this.throughHandle = engine.schedule(this.throughNs() - engine.nowNs, throughKind, this.number);
  }

  private throughNs(): number {
    const { nowNs } = this.parts.timers.engine;
    if (this.parts.silence === 'frozen') return nowNs;
    if (this.state === 'stalled') return nextAttemptNs(this.sinceNs, nowNs, RETRANSMISSION);
    let firstNs = Number.POSITIVE_INFINITY;
    for (const { sinceNs } of this.held.values()) firstNs = Math.min(firstNs, nextAttemptNs(sinceNs, nowNs, OPENING));
    return firstNs === Number.POSITIVE_INFINITY ? nowNs : firstNs;
  }

  /** Silence again, before anything got through. */
  resume(): void {
    this.ended = false;
    if (this.throughHandle !== undefined) this.parts.timers.engine.cancel(this.throughHandle);
    this.throughHandle = undefined;
  }

  /** Whether it goes on. */
  get lasts(): boolean {
    return this.state !== 'over';
  }

  /** What waited arrives, in order. */
  through(): void {
    if (this.state === 'over') return;
    const { connection, timers } = this.parts;
    this.over();
    if (this.ended) this.forgotten();
    for (const { sort, row, chore } of this.held.values()) {
      timers.engine.become(chore);
      if (sort === 'call') connection.arrive(row);
      else if (sort === 'answer') connection.decode(row);
      else sort.arrived(row);
    }
    this.held.clear();
  }

  /** The program is no more. */
  drop(): void {
    this.held.clear();
    this.over();
  }

  private over(): void {
    this.state = 'over';
    this.parts.connection.outage = undefined;
  }
}
