import { assert } from './assert.js';
import type { EngineOptions } from './engine-options.js';
import { EventCauses } from './event-causes.js';
import { type EventHandle, SLOTS_MAX } from './event-handle.js';
import type { EventQueue } from './event-queue.js';
import { EventRecords, NONE } from './event-records.js';
import { Fingerprint } from './fingerprint.js';
import { type EventKind, type Handler, KindTable } from './kind-table.js';
import { LimitExceeded, LimitGuard } from './limit-guard.js';
import { resolveLimits } from './limits.js';
import type { Recorder } from './recorder.js';
import { refuseEvent } from './refuse-event.js';
import type { RunEnd } from './run-end.js';
import { assertPriority, TieOrder } from './tie-order.js';
import { TieredQueue } from './tiered-queue.js';
import type { WaitCause } from './wait-cause.js';

/**
 * Virtual clock, event queue and run loop. The order contract that it keeps stands at the top of `index.ts`. Two engines in
 * one process know nothing of each other.
 */
export class Engine {
  /** The virtual time in nanoseconds. Read it, never write it. */
  nowNs: number;
  /** Events executed since the engine was made. */
  eventsExecuted: number;
  /** Live work events, queued or running, plus holds. A run has converged when only chores are left. */
  workPending: number;
  private readonly records: EventRecords;
  private readonly queue: EventQueue;
  private readonly kinds: KindTable;
  private readonly order: TieOrder;
  private readonly hash: Fingerprint;
  private readonly guard: LimitGuard;
  private readonly liveMax: number;
  /** The table's handlers and their number, within reach of the loop. */
  private readonly handlers: readonly Handler[];
  private kindCount: number;
  /** 1 while a chore is running, 0 while work is, or nothing. */
  private chore: 0 | 1;
  private readonly recorder: Recorder | undefined;
  private readonly causes: EventCauses;
  private quietHandler: () => void;
  /** Was work held, perhaps within one chore, since all was quiet? */
  private stirred: boolean;
  private runningId: number;
  private running: boolean;
  private stopping: boolean;

  constructor(options: EngineOptions = {}) {
    const limits = resolveLimits(options.limits);
    this.nowNs = 0;
    this.eventsExecuted = 0;
    this.workPending = 0;
    this.records = new EventRecords(Math.min(1024, limits.liveEvents));
    this.queue = options.queue?.(this.records) ?? new TieredQueue(this.records);
    this.kinds = new KindTable();
    this.order = new TieOrder(options.ties ?? 'fifo', options.seed ?? 0);
    this.hash = new Fingerprint();
    this.guard = new LimitGuard(limits, this.kinds, this.records);
    this.liveMax = limits.liveEvents;
    this.handlers = this.kinds.handlers;
    this.kindCount = 0;
    this.chore = 0;
    this.recorder = options.recorder;
    this.causes = new EventCauses();
    this.quietHandler = () => {};
    this.stirred = false;
    this.runningId = 0;
    this.running = false;
    this.stopping = false;
  }

  /** Adds a kind of event. `waitsFor` is what its events wait for between being scheduled and running. */
  register(name: string, handler: Handler, waitsFor: WaitCause = 'none'): EventKind {
    this.kindCount++;
    return this.kinds.register(name, handler, waitsFor);
  }

  /** The name a kind was registered with. */
  nameOf(kind: EventKind): string {
    return this.kinds.nameOf(kind);
  }

  waitCauseOf(kind: EventKind): WaitCause {
    return this.kinds.waitCauseOf(kind);
  }

  /**
   * Schedules an event `delayNs` (an integer, not negative) from now. It is a chore if the running event is one;
   * outside a run it is work.
   */
  schedule(delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return this.insert(this.nowNs + delayNs, 0, this.chore, kind, target, a, b);
  }

  /** As `schedule`, at a moment of virtual time that is not in the past. */
  scheduleAt(timeNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return this.insert(timeNs, 0, this.chore, kind, target, a, b);
  }

  /** As `schedule`, saying whether the event is a chore (periodic background) or work. */
  scheduleAs(chore: boolean, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return this.insert(this.nowNs + delayNs, 0, chore ? 1 : 0, kind, target, a, b);
  }

  /** As `schedule`; among the events of its time smaller priorities run first. An integer in [-127, 127], otherwise 0. */
  scheduleWithPriority(priority: number, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    assertPriority(priority);
    return this.insert(this.nowNs + delayNs, priority, this.chore, kind, target, a, b);
  }

  /** Takes a scheduled event back. False if it has run, runs just now, or was cancelled before. */
  cancel(handle: EventHandle): boolean {
    const records = this.records;
    const slot = records.find(handle);
    if (slot === NONE) return false;
    if (!records.isChore(slot)) this.workPending--;
    records.cancel(slot);
    // Retries and timeouts are cancelled far more often than they run: what is dead must not outgrow what lives.
    if (records.cancelled > records.live + 1024) this.queue.sweep();
    return true;
  }

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
      this.runningId = 0;
    }
  }

  /** Is the running event a periodic chore, or caused by one? False outside a run. */
  get inChore(): boolean {
    return this.chore === 1;
  }

  /** Ends the run after the running event. */
  stop(): void {
    this.stopping = true;
  }

  /** The running event turned out to matter: it and what it schedules from now on is work. */
  promote(): void {
    if (this.chore === 0) return;
    this.chore = 0;
    this.hold();
  }

  /**
   * Sets the class of what the running event does from here on, where one event serves both: a batch with a lease
   * renewal and a pod in it.
   */
  become(chore: boolean): void {
    if (chore === this.inChore) return;
    this.chore = chore ? 1 : 0;
    if (chore) this.workPending--;
    else this.hold();
  }

  /** Counts work that waits in a queue of the model without an event of its own. */
  hold(): void {
    this.workPending++;
    this.stirred = true;
  }

  /** Ends one `hold`. */
  release(): void {
    assert(this.workPending > 0, 'release without hold');
    this.workPending--;
  }

  /** Sets what is called after an event that left no work pending, before the next event. */
  onQuiet(handler: () => void): void {
    this.quietHandler = handler;
  }

  /** 16 hexadecimal digits over (time, kind, target) of every executed event. */
  fingerprint(): string {
    return this.hash.toString();
  }

  private insert(
    timeNs: number,
    priority: number,
    chore: 0 | 1,
    kind: EventKind,
    target: number,
    a: number,
    b: number,
  ): EventHandle {
    const isTime = timeNs === this.nowNs || (timeNs > this.nowNs && Number.isSafeInteger(timeNs));
    if (!(isTime && kind >= 0 && kind < this.kindCount && target === (target | 0)))
      refuseEvent(this.kinds, this.nowNs, timeNs, kind, target);
    const records = this.records;
    if (records.free < 0) this.makeRoom();
    const slot = records.allocate();
    records.timesNs[slot] = timeNs;
    records.orders[slot] = this.order.next(priority);
    records.targets[slot] = target;
    records.kinds[slot] = (kind << 2) | chore;
    if (a !== 0 || b !== 0) records.setNumbers(slot, a, b);
    this.workPending += 1 - chore;
    if (this.recorder !== undefined) this.causes.set(slot, this.order.insertions, this.runningId);
    this.queue.push(slot);
    return records.generations[slot]! * SLOTS_MAX + slot;
  }

  private loop(untilNs: number): RunEnd {
    const { queue, records, guard } = this;
    for (;;) {
      const slot = queue.pop(untilNs);
      if (slot < 0) return this.endOfEvents(untilNs);
      const timeNs = records.timesNs[slot]!;
      if (timeNs !== this.nowNs) {
        this.nowNs = timeNs;
        guard.startInstant(this.eventsExecuted);
      }
      if (this.eventsExecuted >= guard.checkAt && guard.isOver(this.eventsExecuted, timeNs, slot)) {
        queue.push(slot);
        return { reason: 'limit', message: guard.message };
      }
      const pendingBefore = this.workPending;
      this.execute(slot);
      if (this.workPending === 0 && (pendingBefore !== 0 || this.stirred)) this.becomeQuiet();
      if (this.stopping) return { reason: 'stopped' };
    }
  }

  private execute(slot: number): void {
    const records = this.records;
    const target = records.targets[slot]!;
    const kindAndFlags = records.kinds[slot]!;
    const kind = kindAndFlags >> 2;
    this.chore = (kindAndFlags & 1) as 0 | 1;
    if (this.recorder !== undefined) this.record(slot, kind, target);
    records.release(slot);
    this.eventsExecuted++;
    this.hash.add(this.nowNs, kind, target);
    if ((kindAndFlags & 2) === 0) this.handlers[kind]!(target, 0, 0);
    else this.handlers[kind]!(target, records.as[slot]!, records.bs[slot]!);
    this.workPending -= 1 - this.chore;
  }

  private becomeQuiet(): void {
    this.stirred = false;
    this.quietHandler();
  }

  private record(slot: number, kind: EventKind, target: number): void {
    this.runningId = this.causes.idOf(slot);
    this.recorder?.executed(this.runningId, this.causes.causeIdOf(slot), this.nowNs, kind, target);
  }

  /** Frees the slots of cancelled events if they are many, or else adds slots up to the limit of live events. */
  private makeRoom(): void {
    const records = this.records;
    const isFull = records.capacity >= this.liveMax;
    if (records.cancelled * 4 > records.capacity || (isFull && records.cancelled > 0)) this.queue.sweep();
    if (records.free !== NONE) return;
    if (isFull) this.guard.failLive();
    records.grow(Math.min(2 * records.capacity, this.liveMax));
  }

  private endOfEvents(untilNs: number): RunEnd {
    if (this.records.live === 0) return { reason: 'empty' };
    this.nowNs = untilNs;
    this.guard.startInstant(this.eventsExecuted);
    return { reason: 'horizon' };
  }
}
