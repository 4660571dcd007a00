import type { Call } from '../api/call.js';
import type { Engine, EventHandle, EventKind } from '../engine/index.js';
import type { CallFlows } from './call-flows.js';
import { BORROWING_PERIOD_NS } from './flow-control/borrowing.js';
import type { Flow } from './flow-control/flow.js';
import { FlowControl, type FlowControlOptions, REJECTED } from './flow-control/flow-control.js';
import { LevelAudit } from './flow-control/level-audit.js';
import type { DispatchTaker } from './flow-control/queue-set.js';
import { waitLimitNs } from './flow-control/wait-limit.js';

/** `--request-timeout` (server/config.go). */
const REQUEST_TIMEOUT_NS = 60e9;
const NO_TIMER: EventHandle = -1;
/** A row whose call has no seat and waits for none. */
const NO_REQUEST = -1;

/** The server's side: what it does with calls whose turn has come or will not come. */
export interface SeatHolder {
  /** The call of a row has its seats. */
  seated(slot: number): void;
  /** The call of a row is refused (429) and should come back after so many seconds. */
  turnedAway(slot: number, retryAfterSeconds: number): void;
  /** The seats have been divided anew, as they are every ten seconds. */
  divided(): void;
}

/**
 * The seats of one API server in virtual time: {@link FlowControl} with its clocks. A call that waits has one event, its
 * time limit; one that finds a seat has none.
 */
export class Seats implements DispatchTaker {
  readonly control: FlowControl;
  /** After a quarter of it a call that still waits for a seat is refused. */
  readonly requestTimeoutNs: number;
  private readonly engine: Engine;
  private readonly holder: SeatHolder;
  private readonly divideKind: EventKind;
  private readonly releaseKind: EventKind;
  private readonly timeOutKind: EventKind;
  /** By row of the call: its handle, its flow while it waits, and its time limit. */
  private readonly requests: number[];
  private readonly flows: (Flow | undefined)[];
  private readonly timers: EventHandle[];
  /** For a trace: what made each call ask, and what it waits for. */
  private readonly causes: number[];
  private readonly seatLabel: number;
  private stopped: boolean;

  constructor(engine: Engine, options: FlowControlOptions, holder: SeatHolder) {
    this.engine = engine;
    this.holder = holder;
    this.requestTimeoutNs = options.requestTimeoutNs ?? REQUEST_TIMEOUT_NS;
    this.control = new FlowControl(options, this, engine.nowNs);
    if (engine.audit !== undefined)
      for (const { name, queues } of this.control.levels) queues.audit = new LevelAudit(engine, name, queues);
    this.divideKind = engine.register('flow control: seats divided', () => this.divide(), 'timer');
    this.releaseKind = engine.register(
      'flow control: seat kept for watchers',
      (request) => this.release(request),
      'timer',
    );
    this.timeOutKind = engine.register('flow control: waited too long', (slot) => this.timeOut(slot), 'timer');
    this.requests = [];
    this.flows = [];
    this.timers = [];
    this.causes = [];
    this.seatLabel = engine.trace?.nameWait('flow control: waits for a seat', 'queue') ?? 0;
    this.stopped = false;
  }

  /** Starts the period of the division of seats. */
  start(): void {
    this.engine.scheduleAs(true, BORROWING_PERIOD_NS, this.divideKind);
  }

  /** Ends all periods: the server is gone. */
  stop(): void {
    this.stopped = true;
  }

  /** The call of a row needs no seats. */
  exempt(slot: number): void {
    this.requests[slot] = NO_REQUEST;
  }

  /** A call asks for its seats; the holder hears at once or later. */
  ask(slot: number, call: Call, flows: CallFlows): void {
    const { control, engine } = this;
    const flow = flows.flowOf(call);
    call.priorityLevel = flow.level.name;
    this.timers[slot] = NO_TIMER;
    this.causes[slot] = engine.trace?.current ?? 0;
    const request = control.arrive(flow, flows.workOf(call, flow), slot, engine.nowNs);
    this.requests[slot] = request;
    if (request === REJECTED) {
      this.holder.turnedAway(slot, control.retryAfterSeconds(flow));
      return;
    }
    if (control.isExecuting(request)) return;
    this.flows[slot] = flow;
    this.timers[slot] = engine.schedule(waitLimitNs(this.requestTimeoutNs), this.timeOutKind, slot);
  }

  dispatched(slot: number): void {
    const timer = this.timers[slot]!;
    if (timer !== NO_TIMER) this.engine.cancel(timer);
    const { trace, nowNs } = this.engine;
    if (trace === undefined) {
      this.holder.seated(slot);
      return;
    }
    const { current } = trace;
    trace.resume(this.causes[slot]!, nowNs, this.seatLabel);
    this.holder.seated(slot);
    trace.current = current;
  }

  /** The call of a row has been answered: its seats are free, perhaps some time later for the sake of its watchers. */
  giveBack(slot: number): void {
    const request = this.requests[slot]!;
    if (request === NO_REQUEST) return;
    this.requests[slot] = NO_REQUEST;
    const lingerNs = this.control.finish(request, this.engine.nowNs);
    if (lingerNs > 0) this.engine.scheduleAs(true, lingerNs, this.releaseKind, request);
  }

  private release(request: number): void {
    this.control.release(request, this.engine.nowNs);
  }

  private timeOut(slot: number): void {
    const request = this.requests[slot]!;
    this.requests[slot] = NO_REQUEST;
    this.control.timeOut(request, this.engine.nowNs);
    this.holder.turnedAway(slot, this.control.retryAfterSeconds(this.flows[slot]!));
  }

  private divide(): void {
    if (this.stopped) return;
    this.engine.schedule(BORROWING_PERIOD_NS, this.divideKind);
    this.control.divide(this.engine.nowNs);
    this.holder.divided();
  }
}
