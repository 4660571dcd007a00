import type { Call } from '../api/call.js';
import type { Engine, QueueAudit } from '../engine/index.js';
import type { CallReturn } from './call-return.js';

/** The calls an API server is working on, by row, so that events can carry a number instead of a reference. */
export class CallTable {
  private readonly engine: Engine;
  private readonly calls: (Call | undefined)[];
  private readonly returns: (CallReturn | undefined)[];
  private readonly free: number[];
  private readonly audit: QueueAudit | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
    this.calls = [];
    this.returns = [];
    this.free = [];
    this.audit = engine.audit?.queue(engine, 'api server: calls under way', () => this.size);
  }

  /** Calls under way. */
  get size(): number {
    return this.calls.length - this.free.length;
  }

  take(call: Call, returnTo: CallReturn): number {
    this.audit?.look();
    const slot = this.free.pop() ?? this.calls.length;
    this.audit?.enter(slot);
    this.calls[slot] = call;
    this.returns[slot] = returnTo;
    call.slot = slot;
    return slot;
  }

  get(slot: number): Call {
    return this.calls[slot]!;
  }

  /** Rows in use. */
  *rows(): Generator<number> {
    for (let slot = 0; slot < this.calls.length; slot++) if (this.calls[slot] !== undefined) yield slot;
  }

  /** Nobody waits for the answer of a row any more; returns who did. */
  lose(slot: number): CallReturn | undefined {
    const returnTo = this.returns[slot];
    this.returns[slot] = undefined;
    return returnTo;
  }

  /** All connections end: whoever waits for an answer hears that none will come. */
  loseAll(): void {
    const { engine } = this;
    const { inChore } = engine;
    for (const slot of this.rows()) {
      if (this.isLost(slot)) continue;
      const call = this.calls[slot]!;
      // What ends them is no reason to take a chore for work: a run would wait for its next turn, and the next.
      engine.become(call.chore);
      call.reason = 'ConnectionLost';
      call.code = 0;
      this.lose(slot)?.returned(call);
    }
    engine.become(inChore);
  }

  isLost(slot: number): boolean {
    return this.returns[slot] === undefined;
  }

  /** Frees a row; returns who waits for its answer, `undefined` for a lost one. */
  release(slot: number): CallReturn | undefined {
    this.audit?.leave(slot);
    const returnTo = this.returns[slot];
    this.calls[slot]!.slot = -1;
    this.calls[slot] = undefined;
    this.returns[slot] = undefined;
    this.free.push(slot);
    return returnTo;
  }
}
