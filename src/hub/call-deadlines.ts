import type { Call } from '../api/call.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { CallTable } from './call-table.js';
import { BORROWING_PERIOD_NS } from './flow-control/borrowing.js';

/** The longest that a create, update, patch or delete may take once it is served (endpoints/handlers/rest.go requestTimeoutUpperBound). */
export const HANDLER_DEADLINE_NS = 34e9;

/**
 * The ends of requests that take too long (server/config.go RequestTimeout, filters/timeout.go): their callers hear 504, whatever
 * becomes of them. No request has a timer until it is old: the server looks at all of them whenever it divides its seats.
 */
export class CallDeadlines {
  private readonly engine: Engine;
  private readonly calls: CallTable;
  private readonly requestTimeoutNs: number;
  /** The time of a row's call is up. */
  private readonly expire: (slot: number) => void;
  private readonly dueKind: EventKind;
  /** By row: for when a timer is set. */
  private readonly armedNs: number[];

  constructor(engine: Engine, calls: CallTable, requestTimeoutNs: number, expire: (slot: number) => void) {
    this.engine = engine;
    this.calls = calls;
    this.requestTimeoutNs = requestTimeoutNs;
    this.expire = expire;
    this.dueKind = engine.register('api server: request takes too long', (slot) => this.due(slot), 'timer');
    this.armedNs = [];
  }

  /** A call has come: its time may be up before anybody looks. */
  began(slot: number): void {
    if (this.requestTimeoutNs <= BORROWING_PERIOD_NS) this.arm(slot, this.calls.get(slot));
  }

  /** Sets timers for those whose time is up before the next look. */
  look(): void {
    for (const slot of this.calls.rows()) {
      const call = this.calls.get(slot);
      if (this.deadlineNs(call) <= this.engine.nowNs + BORROWING_PERIOD_NS) this.arm(slot, call);
    }
  }

  private arm(slot: number, call: Call): void {
    const deadlineNs = this.deadlineNs(call);
    if (this.armedNs[slot] === deadlineNs || deadlineNs === Number.POSITIVE_INFINITY) return;
    this.armedNs[slot] = deadlineNs;
    const delayNs = Math.max(deadlineNs - this.engine.nowNs, 0);
    this.engine.scheduleAs(call.chore, delayNs, this.dueKind, slot);
  }

  /** Watches have ends of their own. */
  private deadlineNs({ verb, mutating, arrivedNs, seatedNs }: Call): number {
    if (verb === 'watch') return Number.POSITIVE_INFINITY;
    const deadlineNs = arrivedNs + this.requestTimeoutNs;
    return mutating && seatedNs >= 0 ? Math.min(deadlineNs, seatedNs + HANDLER_DEADLINE_NS) : deadlineNs;
  }

  /** The row may be another call's by now, or about to be answered. */
  private due(slot: number): void {
    const armedNs = this.armedNs[slot];
    this.armedNs[slot] = -1;
    if (this.calls.isLost(slot)) return;
    const call = this.calls.get(slot);
    if (call.code === 0 && this.deadlineNs(call) === armedNs) this.expire(slot);
  }
}
