import type { Call, WatchOptions } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { EventKind } from '../engine/index.js';
import type { Distribution } from '../random/distribution.js';
import type { OwnStreams } from '../random/own-streams.js';
import type { Stream } from '../random/stream.js';
import type { Outage } from './outage.js';
import type { Process } from './process.js';

/** What a client needs of an API server; the hub is one. */
export interface ApiServerDoor {
  receive(call: Call, returnTo: { returned(call: Call): void }): void;
  unwatch(kind: Kind, sink: WatchSink): void;
  /** The client of a watch is gone and the server does not know: returns what ends the watch, if it has one. */
  abandon?(kind: Kind, sink: WatchSink): (() => void) | undefined;
}

/** What calls cost the program that makes them, in processor nanoseconds. */
export interface CallCosts {
  /** To encode and send one. */
  readonly callNs: number;
  /** To receive its answer. */
  readonly answerNs: number;
  /** Each 1,000 bytes of the answer. */
  readonly decodeKilobyteNs: number;
}

/** A wire that is not like the others. Each says how long something that leaves now is on its way. */
export interface ConnectionLink {
  callNs(call: Call, usualNs: number): number;
  answerNs(call: Call, usualNs: number): number;
  changesNs(changes: readonly WatchEvent[], usualNs: number): number;
  /** After how long a server can write to it again; 0: now. */
  roomNs(): number;
}

/**
 * The wire between one process and an API server. Calls and answers each take one delay; changes of one watch keep
 * their order, as on the one stream they travel by.
 */
export class Connection {
  private readonly process: Process;
  private readonly door: ApiServerDoor;
  private readonly callNs: number;
  private readonly answerNs: number;
  private readonly decodeKilobyteNs: number;
  private readonly delay: Distribution;
  private readonly streams: OwnStreams;
  private readonly encodedKind: EventKind;
  private readonly arriveKind: EventKind;
  private readonly returnKind: EventKind;
  private readonly decodedKind: EventKind;
  private readonly crossing: (Call | undefined)[];
  private readonly free: number[];
  /** Set while its server does not answer. */
  outage: Outage | undefined;
  /** Set where something has been said of its wire, or befallen it. */
  link: ConnectionLink | undefined;
  /** When an answer came last. */
  heardNs: number;
  /** When it was last lost: calls sent before have no answer. */
  private lostNs: number;

  constructor(process: Process, door: ApiServerDoor, costs: CallCosts, delay: Distribution, streams: OwnStreams) {
    const { engine, name } = process;
    this.process = process;
    this.door = door;
    // Costs come in objects of many shapes.
    this.callNs = costs.callNs;
    this.answerNs = costs.answerNs;
    this.decodeKilobyteNs = costs.decodeKilobyteNs;
    this.delay = delay;
    this.streams = streams;
    this.encodedKind = engine.register(`${name}: call encoded`, (row) => this.leave(row), 'processor');
    this.arriveKind = engine.register(`${name}: call on the wire`, (row) => this.arrive(row), 'wire');
    this.returnKind = engine.register(`${name}: answer on the wire`, (row) => this.decode(row), 'wire');
    this.decodedKind = engine.register(`${name}: answer decoded`, (row) => this.deliver(row), 'processor');
    this.crossing = [];
    this.free = [];
    this.outage = undefined;
    this.link = undefined;
    this.heardNs = 0;
    this.lostNs = -1;
  }

  /** Sends a call; it leaves as soon as it is encoded. */
  send(call: Call): void {
    call.sentNs = this.process.engine.nowNs;
    const row = this.board(call);
    if (this.callNs === 0) this.leave(row);
    else this.process.work(this.callNs, this.encodedKind, row);
  }

  /** The API server hands back an answered call. */
  returned(call: Call): void {
    this.cross(this.board(call), this.returnKind);
  }

  /** Time of arrival of changes of a watch that leave now and may not overtake what arrives at `notBeforeNs`; none: of its end. */
  arrivalNs(notBeforeNs: number, watch: Stream, changes: readonly WatchEvent[]): number {
    const usualNs = this.delay.sample(watch);
    const wayNs = this.link === undefined ? usualNs : this.link.changesNs(changes, usualNs);
    return Math.max(notBeforeNs, this.process.engine.nowNs + wayNs);
  }

  /** After how long a server can write to it again; 0: now. */
  roomNs(): number {
    return this.link === undefined ? 0 : this.link.roomNs();
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    this.door.unwatch(kind, sink);
  }

  /** The call of a row on the wire. */
  callOf(row: number): Call {
    return this.crossing[row]!;
  }

  /** It is lost: nothing that was sent so far has an answer any more. */
  lose(): void {
    this.lostNs = this.process.engine.nowNs;
  }

  /** No answer comes to the call of a row. */
  fail(row: number): void {
    const call = this.land(row);
    this.process.engine.become(call.chore);
    // The server may have opened it; nobody listens.
    if (call.verb === 'watch') this.door.unwatch(call.kind, (call.body as WatchOptions).sink);
    call.code = 0;
    call.reason = 'ConnectionTimeout';
    call.sender?.answered(call);
  }

  /** The client of a watch is gone and the server does not know; returns what ends the watch, if there is one. */
  abandon(kind: Kind, sink: WatchSink): (() => void) | undefined {
    return this.door.abandon?.(kind, sink);
  }

  /** A watch ends for the client, and for the server if it can hear of that. */
  end(kind: Kind, sink: WatchSink): void {
    if (this.outage !== undefined) this.outage.abandon(kind, sink);
    else this.unwatch(kind, sink);
  }

  private leave(row: number): void {
    this.cross(row, this.arriveKind);
  }

  /** A call has crossed the wire. */
  arrive(row: number): void {
    if (this.outage !== undefined) this.outage.keepCall(row);
    else this.door.receive(this.land(row), this);
  }

  /** An answer has crossed the wire. */
  decode(row: number): void {
    if (this.outage !== undefined) {
      this.outage.keepAnswer(row);
      return;
    }
    if (this.crossing[row]!.sentNs < this.lostNs) {
      this.fail(row);
      return;
    }
    this.heardNs = this.process.engine.nowNs;
    const { answerNs, decodeKilobyteNs } = this;
    const costNs = answerNs + Math.round((decodeKilobyteNs * this.crossing[row]!.answerBytes) / 1000);
    if (costNs === 0) this.deliver(row);
    else this.process.work(costNs, this.decodedKind, row);
  }

  private deliver(row: number): void {
    const call = this.land(row);
    call.sender?.answered(call);
  }

  private cross(row: number, kind: EventKind): void {
    const call = this.crossing[row]!;
    const { link } = this;
    let wayNs = this.streams.draw(this.delay, call.caller);
    if (link !== undefined) wayNs = kind === this.arriveKind ? link.callNs(call, wayNs) : link.answerNs(call, wayNs);
    this.process.engine.schedule(wayNs, kind, row);
  }

  private board(call: Call): number {
    const row = this.free.pop() ?? this.crossing.length;
    this.crossing[row] = call;
    return row;
  }

  private land(row: number): Call {
    const call = this.crossing[row]!;
    this.crossing[row] = undefined;
    this.free.push(row);
    return call;
  }
}
