import type { Call } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Processor } from '../engine/processor.js';
import type { Admission } from './admission.js';
import { AnswerEncoder } from './answer-encoder.js';
import type { ApiServerParts } from './api-server-parts.js';
import { CallCosts, MASTERS } from './call-costs.js';
import { CallDeadlines } from './call-deadlines.js';
import { CallFlows } from './call-flows.js';
import type { CallReturn } from './call-return.js';
import type { CallTable } from './call-table.js';
import type { EtcdDoor } from './etcd/etcd-door.js';
import { executeWrite, readsFirst, refusedByRead } from './execute-write.js';
import type { ReadOwner } from './fresh-reads.js';
import type { HubProbe } from './hub-probe.js';
import { KindStats } from './kind-stats.js';
import type { ObjectBytes } from './object-bytes.js';
import { INTERNAL_ERROR, NOT_FOUND, type Outcome, ok, settle, TIMEOUT, UNFINISHED } from './outcome.js';
import { ReadPath } from './read-path.js';
import { type SeatHolder, Seats } from './seats.js';
import { SlowAdmission } from './slow-admission.js';
import type { Store } from './store.js';
import { WatchFanOut } from './watch-fan-out.js';

/**
 * One API server: it takes calls, spends processor time on them, reads and writes through etcd, and tells every
 * watcher what changed. A call's life here is: arrive → wait for seats → decode and admit (processor) → etcd → encode
 * (processor) → answer; in parallel the committed change goes through the watch cache to the watchers.
 */
export class ApiServer implements SeatHolder, ReadOwner {
  private readonly engine: Engine;
  private readonly host: Processor;
  private readonly component: number;
  private readonly callCosts: CallCosts;
  private readonly store: Store;
  private readonly admission: Admission;
  private readonly probe: HubProbe;
  private readonly calls: CallTable;
  private readonly bytes: ObjectBytes;
  private readonly stats: KindStats;
  readonly fanOut: WatchFanOut;
  private readonly reads: ReadPath;
  private readonly slowAdmission: SlowAdmission;
  private readonly encoder: AnswerEncoder;
  private readonly deadlines: CallDeadlines;
  readonly seats: Seats;
  private readonly flows: CallFlows;
  private readonly admittedKind: EventKind;
  private readonly authorizesFromNs: number;
  /** Where objects of a kind are kept; it calls back {@link committed}, {@link applied} and {@link rangeRead}. */
  private readonly etcd: (kind: Kind) => EtcdDoor;

  constructor(parts: ApiServerParts) {
    const { engine, host, costs, streams, store, admission, flowControl, probe } = parts;
    this.engine = engine;
    this.host = host;
    this.component = parts.component;
    this.store = store;
    this.admission = admission;
    this.probe = probe;
    this.calls = parts.calls;
    this.authorizesFromNs = parts.authorizesFromNs;
    this.bytes = parts.bytes;
    this.callCosts = new CallCosts(costs, streams, store, this.bytes);
    this.stats = new KindStats(engine, store, this.bytes);
    const { component, bytes } = this;
    this.fanOut = new WatchFanOut(engine, host, component, costs, bytes, store, probe, parts.watchTimeouts, this);
    this.encoder = new AnswerEncoder(engine, host, component, this.callCosts, (slot) => this.answer(slot));
    this.reads = new ReadPath(parts, this, this.fanOut, this.stats, this.encoder.sliced);
    this.slowAdmission = new SlowAdmission(parts, this);
    this.seats = new Seats(engine, flowControl, this);
    const statsOf = (kind: Kind) => this.stats.of(kind);
    this.flows = new CallFlows(this.seats.control, this.fanOut.counts, statsOf, flowControl.lists);
    this.admittedKind = engine.register('api server: call admitted', (slot) => this.admitted(slot), 'processor');
    this.deadlines = new CallDeadlines(engine, this.calls, this.seats.requestTimeoutNs, (slot) =>
      this.giveUp(slot, TIMEOUT),
    );
    this.etcd = parts.etcd;
  }

  /** What there is has been changed by hand: what was known of its size is no longer true. */
  forgetSizes(): void {
    this.stats.forget();
  }

  /** Starts what the server does at intervals. */
  start(): void {
    this.fanOut.start();
    this.seats.start();
  }

  /** From now on its work takes `factor` times as long. */
  slow(factor: number): void {
    this.host.slow(this.component, factor);
  }

  /** Dies at once (SIGKILL): connections end, and nobody gets an answer to what is under way. */
  die(): void {
    this.seats.stop();
    for (const slot of this.fanOut.stop()) this.drop(slot);
    this.calls.loseAll();
  }

  /** Forgets a call whose client has gone away. */
  private drop(slot: number): void {
    const { chore } = this.calls.get(slot);
    this.calls.release(slot);
    if (!chore) this.engine.release();
  }

  /** Whether nobody waits for the answer of a call any more, for it took too long or the server is dead; then it is forgotten. */
  outlived(slot: number): boolean {
    const lost = this.calls.isLost(slot);
    if (lost) this.drop(slot);
    return lost;
  }

  /** Its seats have been divided anew. */
  divided(): void {
    this.deadlines.look();
  }

  /** A call has crossed the wire; `returnTo` carries its answer back. */
  receive(call: Call, returnTo: CallReturn): void {
    call.arrivedNs = this.engine.nowNs;
    const slot = this.calls.take(call, returnTo);
    if (!call.chore) this.engine.hold();
    this.deadlines.began(slot);
    if (this.engine.nowNs >= this.authorizesFromNs || call.caller.user === MASTERS) {
      this.seats.ask(slot, call, this.flows);
      return;
    }
    this.seats.exempt(slot);
    this.refuse(slot, 403, 'Forbidden');
  }

  refuse(slot: number, code: number, reason: string): void {
    const call = this.calls.get(slot);
    call.code = code;
    call.reason = reason;
    this.encode(slot, 0);
  }

  /** The call of a row may begin; what made room for it may be of another class than the call. */
  seated(slot: number): void {
    const { engine } = this;
    if (this.outlived(slot)) return;
    const call = this.calls.get(slot);
    call.seatedNs = engine.nowNs;
    const { inChore } = engine;
    engine.become(call.chore);
    this.host.run(this.component, this.callCosts.requestNs(call), this.admittedKind, slot);
    engine.become(inChore);
  }

  turnedAway(slot: number, retryAfterSeconds: number): void {
    if (this.outlived(slot)) return;
    this.calls.get(slot).retryAfterSeconds = retryAfterSeconds;
    this.refuse(slot, 429, 'TooManyRequests');
  }

  /** Encodes the answer of a call, so many bytes of objects long. */
  encode(slot: number, bytes: number, otherNs = 0): void {
    this.encoder.encode(slot, this.calls.get(slot), bytes, otherNs);
  }

  private encodeObject(slot: number, object: ApiObject | undefined): void {
    this.encode(slot, object === undefined ? 0 : this.bytes.of(object));
  }

  private admitted(slot: number): void {
    if (this.outlived(slot)) return;
    const call = this.calls.get(slot);
    if (call.verb === 'list' || call.verb === 'watch') this.reads.begin(slot, call);
    else if (!call.mutating) this.reads.get(slot, call);
    else if (!this.slowAdmission.takes(slot, call)) this.reviewed(slot);
  }

  /** What takes time has nothing against a write. */
  reviewed(slot: number): void {
    const call = this.calls.get(slot);
    const refusal = this.admission.review(call, this.engine.nowNs);
    if (refusal === undefined && readsFirst(call, this.store)) this.etcd(call.kind).range(slot);
    else this.propose(slot, call, refusal);
  }

  private propose(slot: number, { kind }: Call, refusal: Outcome | undefined): void {
    if (refusal === undefined) this.etcd(kind).propose(slot);
    else this.refused(slot, refusal);
  }

  /** Admission is against the call of a row. */
  refused(slot: number, outcome: Outcome): void {
    settle(this.calls.get(slot), outcome);
    this.encode(slot, 0);
  }

  /** Etcd has read for a GET or a write, or told a LIST or WATCH of the latest state the newest revision. */
  rangeRead(slot: number): void {
    if (this.outlived(slot)) {
      this.reads.forget(slot);
      return;
    }
    const call = this.calls.get(slot);
    if (call.verb === 'list' || call.verb === 'watch') this.reads.rangeRead(slot, call);
    else if (call.mutating) this.propose(slot, call, refusedByRead(call, this.store));
    else this.answerObject(slot, call, this.store.get(call.kind, call.namespace, call.name));
  }

  private answerObject(slot: number, call: Call, object: ApiObject | undefined): void {
    settle(call, object === undefined ? NOT_FOUND : ok(object));
    this.encodeObject(slot, object);
  }

  /** Etcd has committed the proposal of a write: it takes effect now. Whether it is to be answered. */
  committed(slot: number): boolean {
    const call = this.calls.get(slot);
    this.engine.become(call.chore);
    const outcome = executeWrite(call, this.store, this.admission, this.engine.nowNs);
    if (this.outlived(slot)) return false;
    if (outcome === UNFINISHED) {
      this.etcd(call.kind).propose(slot);
      return false;
    }
    settle(call, outcome);
    return true;
  }

  /** Etcd's answer to a committed write is here. */
  applied(slot: number): void {
    if (!this.outlived(slot)) this.encodeObject(slot, this.calls.get(slot).object);
  }

  /** Etcd has gone with a proposal that may still be committed: the client hears 500, and the row stays. */
  doubted(slot: number): void {
    if (!this.calls.isLost(slot)) this.giveUp(slot, INTERNAL_ERROR);
  }

  /** Answers a call of which something is still under way; the row stays until that comes to its end. */
  private giveUp(slot: number, outcome: Outcome): void {
    const call = this.calls.get(slot);
    this.engine.become(call.chore);
    settle(call, outcome);
    this.seats.giveBack(slot);
    this.probe.answered(call, this.engine.nowNs);
    this.calls.lose(slot)!.returned(call);
  }

  /** Etcd does not answer (storage/etcd3: gRPC Unavailable becomes an internal error). */
  unanswered(slot: number): void {
    this.reads.forget(slot);
    if (!this.outlived(slot)) this.refuse(slot, 500, 'InternalError');
  }

  /** A change of the store reaches this server's watch cache. */
  changed(event: WatchEvent): void {
    this.fanOut.changed(event);
  }

  /** Etcd has told how far it is, for the watch cache of a kind. */
  progressed(kind: Kind, revision: number): void {
    this.fanOut.progressed(kind, revision);
  }

  askProgress(kind: Kind): void {
    this.etcd(kind).progress(kind);
  }

  readable(slot: number): void {
    if (this.outlived(slot)) return;
    const call = this.calls.get(slot);
    if (call.verb === 'get') this.answerObject(slot, call, this.reads.cachedObject(call));
    else this.reads.readCache(slot, call);
  }

  tooNew(slot: number): void {
    if (!this.outlived(slot)) this.reads.tooNew(slot, this.calls.get(slot));
  }

  /** Ends a watch from the client's side. */
  unwatch(kind: Kind, sink: WatchSink): void {
    this.fanOut.unsubscribe(kind, sink);
  }

  private answer(slot: number): void {
    if (this.outlived(slot)) return;
    const call = this.calls.get(slot);
    const returnTo = this.calls.release(slot)!;
    this.engine.become(call.chore);
    if (call.code === 0) this.reads.answer(call);
    this.seats.giveBack(slot);
    this.probe.answered(call, this.engine.nowNs);
    returnTo.returned(call);
    if (!call.chore) this.engine.release();
  }
}
