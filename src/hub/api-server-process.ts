import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { Engine, EventHandle, EventKind } from '../engine/index.js';
import type { Suspension } from '../engine/suspension.js';
import type { Stream } from '../random/stream.js';
import type { ApiServer } from './api-server.js';
import type { CallReturn } from './call-return.js';
import type { EtcdUser } from './etcd/etcd-door.js';
import type { LevelState } from './flow-control/level-state.js';
import type { IdentityLease } from './identity-lease.js';

/** A new API server refuses all but masters for so long, until it has loaded the rules: 20 to 100 ms were measured. */
const RULES_MIN_NS = 20e6;
const RULES_MAX_NS = 100e6;

/**
 * Kubelets give a server so long for a heartbeat and close all connections then (kubelet.go: heartbeatClientConfig.Timeout,
 * closeAllConns).
 */
const HEARTBEAT_TIMEOUT_NS = 10e9;

/** One API server through its lives: what is connected to it stays the same when it is killed and started again. */
export class ApiServerProcess implements EtcdUser {
  private readonly engine: Engine;
  private readonly stream: Stream;
  private readonly startNs: number;
  private readonly make: (authorizesFromNs: number) => ApiServer;
  private readonly upKind: EventKind;
  private readonly leaseOf: ((server: ApiServer) => IdentityLease) | undefined;
  private server: ApiServer;
  private lease: IdentityLease | undefined;
  /** Kinds of events of its life. */
  private kinds: [from: EventKind, to: EventKind];
  /** While it stands still, and what its kernel has taken meanwhile. */
  private suspension: Suspension | undefined;
  private silent: boolean;
  private silentKind: EventKind;
  private silentHandle: EventHandle | undefined;
  /** Called when it has been still for so long that kubelets leave it. */
  whenSilent: () => void;
  private readonly unread: [call: Call, returnTo: CallReturn][];
  private up: boolean;
  private started: boolean;

  /** `make` makes a server for each life, and `leaseOf` what it says that it is there by; a new one answers after `startNs`. */
  constructor(
    engine: Engine,
    stream: Stream,
    startNs: number,
    make: (authorizesFromNs: number) => ApiServer,
    leaseOf?: (server: ApiServer) => IdentityLease,
  ) {
    this.engine = engine;
    this.stream = stream;
    this.startNs = startNs;
    this.make = make;
    this.upKind = engine.register('api server: answers', () => this.beginLife(), 'timer');
    this.kinds = [engine.kindCount, 0];
    this.leaseOf = leaseOf;
    this.server = make(0);
    this.lease = leaseOf?.(this.server);
    this.kinds[1] = engine.kindCount;
    this.suspension = undefined;
    this.unread = [];
    this.silent = false;
    this.silentKind = -1;
    this.silentHandle = undefined;
    this.whenSilent = () => {};
    this.up = true;
    this.started = false;
  }

  /** From now on its work takes `factor` times as long. */
  slow(factor: number): void {
    this.server.slow(factor);
  }

  /** The priority levels of flow control, to be looked at; none while it is down. */
  get levels(): readonly LevelState[] {
    return this.up ? this.server.seats.control.levels : [];
  }

  /** Brings the meters of the priority levels up to now. */
  settle(): void {
    for (const { queues } of this.levels) queues.advance(this.engine.nowNs);
  }

  /** Watches of a kind that it has open. */
  watchersOf(kind: Kind): number {
    return this.up ? this.server.fanOut.watchersOf(kind) : 0;
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
    this.lease?.start();
  }

  /** A call has crossed the wire; `returnTo` carries its answer back, or that nobody listens. */
  receive(call: Call, returnTo: CallReturn): void {
    if (this.up) {
      if (this.suspension === undefined) this.server.receive(call, returnTo);
      else this.unread.push([call, returnTo]);
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

  /** The client of a watch is gone and the server does not know; returns what ends the watch, if there is one. */
  abandon(kind: Kind, sink: WatchSink): (() => void) | undefined {
    return this.up ? this.server.fanOut.abandon(kind, sink) : undefined;
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

  progressed(kind: Kind, revision: number): void {
    if (this.up) this.server.progressed(kind, revision);
  }

  unanswered(slot: number): void {
    this.server.unanswered(slot);
  }

  doubted(slot: number): void {
    this.server.doubted(slot);
  }

  /** Whether it takes connections. */
  get answers(): boolean {
    return this.up && !this.silent;
  }

  /** SIGKILL. */
  kill(): void {
    if (!this.up) return;
    this.up = false;
    this.goOn();
    for (const [call, returnTo] of this.unread.splice(0)) this.receive(call, returnTo);
    this.lease?.stop();
    this.server.die();
  }

  /** The program is started again; it answers some time later. */
  restart(): void {
    this.engine.schedule(this.startNs, this.upKind);
  }

  get frozen(): boolean {
    return this.suspension !== undefined;
  }

  /** SIGSTOP: it does nothing, and what comes waits in its kernel; false if there is no process to be stopped. */
  freeze(): boolean {
    if (!this.up || this.suspension !== undefined) return false;
    const { engine } = this;
    this.suspension = engine.suspend([this.kinds]);
    if (this.silentKind < 0)
      this.silentKind = engine.register('api server: gives no sign of life', () => this.fallSilent(), 'timer');
    this.silentHandle = engine.scheduleAs(true, HEARTBEAT_TIMEOUT_NS, this.silentKind);
    return true;
  }

  private fallSilent(): void {
    this.silentHandle = undefined;
    this.silent = true;
    for (const [call, returnTo] of this.unread.splice(0)) {
      call.code = 0;
      call.reason = 'ConnectionTimeout';
      this.engine.become(call.chore);
      returnTo.returned(call);
    }
    this.engine.become(false);
    this.whenSilent();
  }

  private goOn(): void {
    this.suspension?.resume();
    this.suspension = undefined;
    this.silent = false;
    if (this.silentHandle !== undefined) this.engine.cancel(this.silentHandle);
    this.silentHandle = undefined;
  }

  /** SIGCONT: it goes on with all that has come meanwhile; false if it was not stopped. */
  thaw(): boolean {
    if (!this.frozen) return false;
    this.goOn();
    for (const [call, returnTo] of this.unread.splice(0)) this.server.receive(call, returnTo);
    return true;
  }

  private beginLife(): void {
    const rulesNs = RULES_MIN_NS + Math.round(this.stream.uniform() * (RULES_MAX_NS - RULES_MIN_NS));
    const from = this.engine.kindCount;
    this.server = this.make(this.engine.nowNs + rulesNs);
    this.lease = this.leaseOf?.(this.server);
    this.kinds = [from, this.engine.kindCount];
    this.up = true;
    if (!this.started) return;
    this.server.start();
    this.lease?.start();
  }
}
