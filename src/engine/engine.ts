import { Agenda } from './agenda.js';
import { assert } from './assert.js';
import type { EventKind } from './kind-table.js';
import { LimitExceeded } from './limit-guard.js';
import type { RunEnd } from './run-end.js';
import { PLAIN_ORDER_MAX } from './tie-order.js';

/** Virtual clock, event queue and run loop; `index.ts` has the contract. Two engines know nothing of each other. */
export class Engine extends Agenda {
  private quietHandler: () => void = () => {};
  private running: boolean = false;
  private stopping: boolean = false;

  /** Executes events up to and including `untilNs`, and says why it returned. With a horizon the clock ends there. */
  run(untilNs: number = Number.POSITIVE_INFINITY): RunEnd {
    assert(!this.running, 'run was called by a handler of the same engine');
    assert(untilNs >= this.nowNs, 'run until a time in the past');
    this.running = true;
    this.stopping = false;
    try {
      return this.loop(untilNs);
    } catch (error) {
      if (error instanceof LimitExceeded) return { reason: 'limit', message: error.message };
      throw error;
    } finally {
      this.running = false;
      this.chore = 0;
    }
  }

  /** Ends the run after the running event. */
  stop(): void {
    this.stopping = true;
  }

  /** Sets what is called after an event that left no work pending, before the next event. */
  onQuiet(handler: () => void): void {
    this.quietHandler = handler;
  }

  /** 16 hexadecimal digits over (time, name of the kind, target) of every executed event. */
  fingerprint(): string {
    return this.hash.toString();
  }

  private loop(untilNs: number): RunEnd {
    const { queue, records, ring } = this;
    for (;;) {
      const inInstant = ring.head !== ring.tail;
      if (inInstant && (this.ringAlone || this.ringIsFirst())) {
        const end = this.runInstant();
        if (end !== undefined) return end;
        continue;
      }
      // What the queue has before the ring may have been cancelled: nothing later comes before the ring.
      const slot = queue.pop(inInstant ? this.nowNs : untilNs);
      if (slot < 0) {
        if (inInstant) continue;
        return this.endOfEvents(untilNs);
      }
      const timeNs = records.timesNs[slot]!;
      this.ringAlone = false;
      if (timeNs !== this.nowNs) this.moveTo(timeNs);
      if (this.isOver(records.kindOf(slot))) {
        queue.push(slot);
        return { reason: 'limit', message: this.guard.message };
      }
      this.execute(slot);
      if (this.stopping) return { reason: 'stopped' };
    }
  }

  private isOver(kind: EventKind): boolean {
    return this.eventsExecuted >= this.guard.checkAt && this.guard.isOver(this.eventsExecuted, this.nowNs, kind);
  }

  /**
   * Whether the ring's events come before what the queue has for this instant. All of that was inserted before them,
   * unless its priority is not 0, so that only a positive priority comes after them.
   */
  private ringIsFirst(): boolean {
    const queued = this.queue.orderAt(this.nowNs);
    if (queued === Number.POSITIVE_INFINITY) this.ringAlone = true;
    return queued > PLAIN_ORDER_MAX;
  }

  private execute(slot: number): void {
    const { records, trace } = this;
    const kindAndFlags = records.kinds[slot]!;
    const kind = kindAndFlags >> 2;
    const target = records.targets[slot]!;
    if (trace !== undefined) trace.enter(this.causes.of(slot), this.nowNs, kind);
    records.release(slot);
    const pendingBefore = this.workPending;
    this.chore = (kindAndFlags & 1) as 0 | 1;
    this.eventsExecuted++;
    this.hash.add(this.hashes[kind]!, target);
    if ((kindAndFlags & 2) === 0) this.handlers[kind]!(target, 0, 0);
    else this.handlers[kind]!(target, records.as[slot]!, records.bs[slot]!);
    this.finish(pendingBefore);
  }

  /** Runs what the ring has, as long as the queue has nothing for this instant. `execute` and the loop in one, for speed. */
  private runInstant(): RunEnd | undefined {
    const { ring, trace } = this;
    do {
      const row = ring.head & ring.mask;
      const kindAndFlags = ring.kinds[row]!;
      const kind = kindAndFlags >> 2;
      if (kind < 0) {
        ring.head++;
        continue;
      }
      if (this.isOver(kind)) return { reason: 'limit', message: this.guard.message };
      const target = ring.targets[row]!;
      ring.head++;
      if (trace !== undefined) trace.enter(ring.causes[row]!, this.nowNs, kind);
      const pendingBefore = this.workPending;
      this.chore = (kindAndFlags & 1) as 0 | 1;
      this.eventsExecuted++;
      this.hash.add(this.hashes[kind]!, target);
      if ((kindAndFlags & 2) === 0) this.handlers[kind]!(target, 0, 0);
      else this.handlers[kind]!(target, ring.as[row]!, ring.bs[row]!);
      this.finish(pendingBefore);
      if (this.stopping) return { reason: 'stopped' };
    } while (this.ringAlone && ring.head !== ring.tail);
    return undefined;
  }

  /** The running event is over. */
  private finish(pendingBefore: number): void {
    this.workPending -= 1 - this.chore;
    if (this.workPending !== 0 || (pendingBefore === 0 && !this.stirred)) return;
    this.stirred = false;
    this.quietHandler();
  }

  private endOfEvents(untilNs: number): RunEnd {
    if (this.records.live === 0) return { reason: 'empty' };
    this.moveTo(untilNs);
    return { reason: 'horizon' };
  }
}
