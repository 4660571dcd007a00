import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { EventKind } from '../engine/index.js';
import type { Distribution } from '../random/distribution.js';
import type { OwnStreams } from '../random/own-streams.js';
import type { Stream } from '../random/stream.js';
import type { Process } from './process.js';

/** What a client needs of an API server; the hub is one. */
export interface ApiServerDoor {
  receive(call: Call, returnTo: { returned(call: Call): void }): void;
  unwatch(kind: Kind, sink: WatchSink): void;
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

/**
 * The wire between one process and an API server. Calls and answers each take one delay; changes of one watch keep
 * their order, as on the one stream they travel by.
 */
export class Connection {
  private readonly process: Process;
  private readonly door: ApiServerDoor;
  private readonly costs: CallCosts;
  private readonly delay: Distribution;
  private readonly streams: OwnStreams;
  private readonly encodedKind: EventKind;
  private readonly arriveKind: EventKind;
  private readonly returnKind: EventKind;
  private readonly decodedKind: EventKind;
  private readonly crossing: (Call | undefined)[];
  private readonly free: number[];

  constructor(process: Process, door: ApiServerDoor, costs: CallCosts, delay: Distribution, streams: OwnStreams) {
    const { engine, name } = process;
    this.process = process;
    this.door = door;
    this.costs = costs;
    this.delay = delay;
    this.streams = streams;
    this.encodedKind = engine.register(`${name}: call encoded`, (row) => this.leave(row), 'processor');
    this.arriveKind = engine.register(`${name}: call on the wire`, (row) => this.arrive(row), 'wire');
    this.returnKind = engine.register(`${name}: answer on the wire`, (row) => this.decode(row), 'wire');
    this.decodedKind = engine.register(`${name}: answer decoded`, (row) => this.deliver(row), 'processor');
    this.crossing = [];
    this.free = [];
  }

  /** Sends a call; it leaves as soon as it is encoded. */
  send(call: Call): void {
    call.sentNs = this.process.engine.nowNs;
    const row = this.board(call);
    if (this.costs.callNs === 0) this.leave(row);
    else this.process.work(this.costs.callNs, this.encodedKind, row);
  }

  /** The API server hands back an answered call. */
  returned(call: Call): void {
    this.cross(this.board(call), this.returnKind);
  }

  /** Time of arrival of something of a watch that leaves now and may not overtake what arrives at `notBeforeNs`. */
  arrivalNs(notBeforeNs: number, watch: Stream): number {
    return Math.max(notBeforeNs, this.process.engine.nowNs + this.delay.sample(watch));
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    this.door.unwatch(kind, sink);
  }

  private leave(row: number): void {
    this.cross(row, this.arriveKind);
  }

  private arrive(row: number): void {
    this.door.receive(this.land(row), this);
  }

  private decode(row: number): void {
    const { answerNs, decodeKilobyteNs } = this.costs;
    const costNs = answerNs + Math.round((decodeKilobyteNs * this.crossing[row]!.answerBytes) / 1000);
    if (costNs === 0) this.deliver(row);
    else this.process.work(costNs, this.decodedKind, row);
  }

  private deliver(row: number): void {
    const call = this.land(row);
    call.sender?.answered(call);
  }

  private cross(row: number, kind: EventKind): void {
    const stream = this.streams.of(this.crossing[row]!.caller);
    this.process.engine.schedule(this.delay.sample(stream), kind, row);
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
