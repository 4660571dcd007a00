import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchSink } from '../api/watch.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Distribution } from '../random/distribution.js';
import type { Stream } from '../random/stream.js';

/** What a client needs of an API server; the hub is one. */
export interface ApiServerDoor {
  receive(call: Call, returnTo: { returned(call: Call): void }): void;
  unwatch(kind: Kind, sink: WatchSink): void;
}

/**
 * The wire between one process and an API server. Calls and answers each take one delay; changes of one watch keep
 * their order, as on the one stream they travel by.
 */
export class Connection {
  private readonly engine: Engine;
  private readonly door: ApiServerDoor;
  private readonly delay: Distribution;
  private readonly stream: Stream;
  private readonly arriveKind: EventKind;
  private readonly returnKind: EventKind;
  private readonly crossing: (Call | undefined)[];
  private readonly free: number[];

  constructor(engine: Engine, name: string, door: ApiServerDoor, delay: Distribution, stream: Stream) {
    this.engine = engine;
    this.door = door;
    this.delay = delay;
    this.stream = stream;
    this.arriveKind = engine.register(
      `${name}: call on the wire`,
      (row) => this.door.receive(this.land(row), this),
      'wire',
    );
    this.returnKind = engine.register(`${name}: answer on the wire`, (row) => deliver(this.land(row)), 'wire');
    this.crossing = [];
    this.free = [];
  }

  /** Sends a call; it leaves now. */
  send(call: Call): void {
    call.sentNs = this.engine.nowNs;
    this.cross(call, this.arriveKind);
  }

  /** The API server hands back an answered call. */
  returned(call: Call): void {
    this.cross(call, this.returnKind);
  }

  /** Time of arrival of something that leaves now and may not overtake what arrives at `notBeforeNs`. */
  arrivalNs(notBeforeNs: number): number {
    return Math.max(notBeforeNs, this.engine.nowNs + this.delay.sample(this.stream));
  }

  unwatch(kind: Kind, sink: WatchSink): void {
    this.door.unwatch(kind, sink);
  }

  private cross(call: Call, kind: EventKind): void {
    const row = this.free.pop() ?? this.crossing.length;
    this.crossing[row] = call;
    this.engine.schedule(this.delay.sample(this.stream), kind, row);
  }

  private land(row: number): Call {
    const call = this.crossing[row]!;
    this.crossing[row] = undefined;
    this.free.push(row);
    return call;
  }
}

function deliver(call: Call): void {
  call.answerTo?.answered(call);
}
