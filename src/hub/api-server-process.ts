import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import type { ApiServer } from './api-server.js';
import type { CallReturn } from './call-return.js';
import type { EtcdUser } from './etcd/etcd-client.js';
import type { LevelState } from './flow-control/level-state.js';

/** A new API server refuses all but masters for so long, until it has loaded the rules: 20 to 100 ms were measured. */
const RULES_MIN_NS = 20e6;
const RULES_MAX_NS = 100e6;

/** One API server through its lives: what is connected to it stays the same when it is killed and started again. */
export class ApiServerProcess implements EtcdUser {
  private readonly engine: Engine;
  private readonly stream: Stream;
  private readonly startNs: number;
  private readonly make: (authorizesFromNs: number) => ApiServer;
  private readonly upKind: EventKind;
  private server: ApiServer;
  private up: boolean;
  private started: boolean;

  /** `make` makes a server for each life; a new one answers after `startNs`. */
  constructor(engine: Engine, stream: Stream, startNs: number, make: (authorizesFromNs: number) => ApiServer) {
    this.engine = engine;
    this.stream = stream;
    this.startNs = startNs;
    this.make = make;
    this.upKind = engine.register('api server: answers', () => this.beginLife(), 'timer');
    this.server = make(0);
    this.up = true;
    this.started = false;
  }

  /** The priority levels of flow control, to be looked at; none while it is down. */
  get levels(): readonly LevelState[] {
    return this.up ? this.server.seats.control.levels : [];
  }

  /** Brings the meters of the priority levels up to now. */
  settle(): void {
    for (const { queues } of this.levels) queues.advance(this.engine.nowNs);
  }

  /** Whether a watch cache still lacks something that the store has committed. */
  get behind(): boolean {
    return this.up && this.server.fanOut.behind;
  }

  /** What there is has been changed by hand: what was known of its size is no longer true. */
  forgetSizes(): void {
    this.server.forgetSizes();
  }

  /** Starts what the server does at intervals. */
  start(): void {
    this.started = true;
    this.server.start();
  }

  /** A call has crossed the wire; `returnTo` carries its answer back, or that nobody listens. */
  receive(call: Call, returnTo: CallReturn): void {
    if (this.up) {
      this.server.receive(call, returnTo);
      return;
    }
    call.code = 0;
    call.reason = 'ConnectionRefused';
    returnTo.returned(call);
  }

  /** Ends a watch from the client's side. */
  unwatch(kind: Kind, sink: WatchSink): void {
    if (this.up) this.server.unwatch(kind, sink);
  }

  changed(event: WatchEvent): void {
    if (this.up) this.server.changed(event);
  }

  /** Etcd has committed the proposal of a row, whichever life it is from. */
  committed(slot: number): boolean {
    return this.server.committed(slot);
  }

  applied(slot: number): void {
    this.server.applied(slot);
  }

  rangeRead(slot: number): void {
    this.server.rangeRead(slot);
  }

  unanswered(slot: number): void {
    this.server.unanswered(slot);
  }

  doubted(slot: number): void {
    this.server.doubted(slot);
  }

  /** Whether it takes connections. */
  get answers(): boolean {
    return this.up;
  }

  /** SIGKILL. */
  kill(): void {
    if (!this.up) return;
    this.up = false;
    this.server.die();
  }

  /** The program is started again; it answers some time later. */
  restart(): void {
    this.engine.schedule(this.startNs, this.upKind);
  }

  private beginLife(): void {
    const rulesNs = RULES_MIN_NS + Math.round(this.stream.uniform() * (RULES_MAX_NS - RULES_MIN_NS));
    this.server = this.make(this.engine.nowNs + rulesNs);
    if (this.started) this.server.start();
    this.up = true;
  }
}
