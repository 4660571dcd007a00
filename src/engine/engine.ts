import { assert } from './assert.js';
import type { EngineOptions } from './engine-options.js';
import { type EventHandle, SLOTS_MAX } from './event-handle.js';
import type { EventQueue } from './event-queue.js';
import { EventRecords } from './event-records.js';
import { Fingerprint } from './fingerprint.js';
import { InstantRing } from './instant-ring.js';
import { type EventKind, type Handler, KindTable } from './kind-table.js';
import { LimitExceeded, LimitGuard } from './limit-guard.js';
import { resolveLimits } from './limits.js';
import { refuseEvent } from './refuse-event.js';
import { retire } from './retirement.js';
import type { RunEnd } from './run-end.js';
import { SlotCauses } from './slot-causes.js';
import { assertPriority, PLAIN_ORDER_MAX, TieOrder } from './tie-order.js';
import { TieredQueue } from './tiered-queue.js';
import type { Trace } from './trace.js';
import type { NamedWait, WaitCause } from './wait-cause.js';

/** Virtual clock, event queue and run loop; `index.ts` has the contract. Two engines know nothing of each other. */
export class Engine {
  /** The virtual time in nanoseconds. Read it, never write it. */
  nowNs: number = 0;
  /** Events executed since the engine was made. */
  eventsExecuted: number = 0;
  /** Live work events, queued or running, plus holds. A run has converged when only chores are left. */
  workPending: number = 0;
  /** Where causes are recorded, if they are. */
  readonly trace: Trace | undefined;
  private readonly records: EventRecords;
  private readonly queue: EventQueue;
  private readonly ring: InstantRing = new InstantRing();
  /** Whether what is scheduled for this very instant goes through the ring: with plain ties and the own queue. */
  private readonly ringOpen: boolean;
  /** Nothing of this instant is left in the queue, as far as is known. */
  private ringAlone: boolean = false;
  private readonly kinds: KindTable = new KindTable();
  private readonly order: TieOrder;
  private readonly hash: Fingerprint = new Fingerprint();
  private readonly guard: LimitGuard;
  /** The table's handlers, within reach of the loop. */
  private readonly handlers: Handler[] = this.kinds.handlers;
  /** Kinds registered so far. */
  kindCount: number = 0;
  /** 1 while a chore is running, 0 while work is, or nothing. */
  private chore: 0 | 1 = 0;
  private readonly causes: SlotCauses = new SlotCauses();
  private quietHandler: () => void = () => {};
  /** Was work held, perhaps within one chore, since all was quiet? */
  private stirred: boolean = false;
  private running: boolean = false;
  private stopping: boolean = false;

  constructor({ ties = 'fifo', seed = 0, limits, trace, queue }: EngineOptions = {}) {
    const resolved = resolveLimits(limits);
    this.records = new EventRecords(Math.min(1024, resolved.liveEvents));
    this.queue = queue?.(this.records) ?? new TieredQueue(this.records);
    this.ringOpen = ties === 'fifo' && queue === undefined;
    this.order = new TieOrder(ties, seed);
    this.guard = new LimitGuard(resolved, this.kinds, this.records);
    this.trace = trace;
    this.moveTo(0);
  }

  /** Adds a kind of event. `waitsFor` is what its events wait for between being scheduled and running. */
  register(name: string, handler: Handler, waitsFor: WaitCause = 'none'): EventKind {
    this.kindCount++;
    return this.kinds.register(name, handler, waitsFor);
  }

  /** The name of a kind, or of a label of {@link Trace.nameWait}, and what is waited for under it. */
  waitOf(label: number): NamedWait {
    return label < 0 ? this.trace!.waitOf(label) : this.kinds.waitOf(label);
  }

  /** Schedules an event `delayNs` (an integer, not negative) from now: a chore if the running event is one, else work. */
  schedule(delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    if (delayNs === 0 && this.ringOpen) return this.insertNow(this.chore, kind, target, a, b);
    return this.insert(this.nowNs + delayNs, 0, this.chore, kind, target, a, b);
  }

  /** As `schedule`, at a moment of virtual time that is not in the past. */
  scheduleAt(timeNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    if (timeNs === this.nowNs && this.ringOpen) return this.insertNow(this.chore, kind, target, a, b);
    return this.insert(timeNs, 0, this.chore, kind, target, a, b);
  }

  /** As `schedule`, saying whether the event is a chore (periodic background) or work. */
  scheduleAs(chore: boolean, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    const flag = chore ? 1 : 0;
    if (delayNs === 0 && this.ringOpen) return this.insertNow(flag, kind, target, a, b);
    return this.insert(this.nowNs + delayNs, 0, flag, kind, target, a, b);
  }

  /** As `schedule`; among the events of its time smaller priorities run first. An integer in [-127, 127], otherwise 0. */
  scheduleWithPriority(priority: number, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    assertPriority(priority);
    if (priority === 0) return this.schedule(delayNs, kind, target, a, b);
    return this.insert(this.nowNs + delayNs, priority, this.chore, kind, target, a, b);
  }

  /** Takes a scheduled event back. False if it has run, runs just now, or was cancelled before. */
  cancel(handle: EventHandle): boolean {
    if (handle < 0) {
      const chore = this.ring.cancel(handle);
      if (chore >= 0) this.workPending -= 1 - chore;
      return chore >= 0;
    }
    const records = this.records;
    const slot = records.find(handle);
    if (slot < 0) return false;
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

  /** From here on the running event is a chore, or is work: where it serves both, or a chore turns out to matter. */
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

  /** Ends the kinds [from, to) and what is still to come of them: whoever registered them is dead. */
  retire(from: EventKind, to: EventKind): void {
    this.workPending -= retire(from, to, this.handlers, this.records, this.ring);
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
    if (timeNs === this.nowNs) this.ringAlone = false;
    const records = this.records;
    if (records.free < 0) this.guard.makeRoom(this.queue, this.ring);
    const slot = records.allocate();
    records.timesNs[slot] = timeNs;
    records.orders[slot] = this.order.next(priority);
    records.targets[slot] = target;
    records.kinds[slot] = (kind << 2) | chore;
    if (a !== 0 || b !== 0) records.setNumbers(slot, a, b);
    this.workPending += 1 - chore;
    if (this.trace !== undefined) this.causes.set(slot, this.trace.current);
    this.queue.push(slot);
    return records.generations[slot]! * SLOTS_MAX + slot;
  }

  /** As `insert`, for this instant: the event needs no slot. */
  private insertNow(chore: 0 | 1, kind: EventKind, target: number, a: number, b: number): EventHandle {
    if (kind >>> 0 >= this.kindCount || target !== (target | 0))
      refuseEvent(this.kinds, this.nowNs, this.nowNs, kind, target);
    const { ring } = this;
    if (ring.tail - ring.head >= ring.sizeMax) this.guard.failLive(ring);
    this.workPending += 1 - chore;
    if (this.trace !== undefined) ring.nextCause = this.trace.current;
    return ring.push((kind << 2) | chore, target, a, b);
  }

  private loop(untilNs: number): RunEnd {
    const { queue, records, guard, ring } = this;
    for (;;) {
      const pendingBefore = this.workPending;
      if (ring.head !== ring.tail && (this.ringAlone || this.ringIsFirst())) {
        const row = ring.head & ring.mask;
        const kindAndFlags = ring.kinds[row]!;
        if (kindAndFlags < 0) {
          ring.head++;
          continue;
        }
        if (this.isOver(kindAndFlags >> 2)) return { reason: 'limit', message: guard.message };
        ring.head++;
        if (this.trace !== undefined) this.trace.enter(ring.causes[row]!, this.nowNs, kindAndFlags >> 2);
        this.dispatch(kindAndFlags, ring.targets[row]!, ring.as, ring.bs, row);
      } else {
        const slot = queue.pop(untilNs);
        if (slot < 0) return this.endOfEvents(untilNs);
        const timeNs = records.timesNs[slot]!;
        this.ringAlone = false;
        if (timeNs !== this.nowNs) this.moveTo(timeNs);
        if (this.isOver(records.kindOf(slot))) {
          queue.push(slot);
          return { reason: 'limit', message: guard.message };
        }
        this.execute(slot);
      }
      if (this.workPending === 0 && (pendingBefore !== 0 || this.stirred)) {
        this.stirred = false;
        this.quietHandler();
      }
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
    const { kinds, targets, as, bs } = records;
    const kindAndFlags = kinds[slot]!;
    if (trace !== undefined) trace.enter(this.causes.of(slot), this.nowNs, kindAndFlags >> 2);
    records.release(slot);
    this.dispatch(kindAndFlags, targets[slot]!, as, bs, slot);
  }

  private dispatch(kindAndFlags: number, target: number, as: Float64Array, bs: Float64Array, row: number): void {
    const kind = kindAndFlags >> 2;
    this.chore = (kindAndFlags & 1) as 0 | 1;
    this.eventsExecuted++;
    this.hash.add(kind, target);
    if ((kindAndFlags & 2) === 0) this.handlers[kind]!(target, 0, 0);
    else this.handlers[kind]!(target, as[row]!, bs[row]!);
    this.workPending -= 1 - this.chore;
  }

  private endOfEvents(untilNs: number): RunEnd {
    if (this.records.live === 0) return { reason: 'empty' };
    this.moveTo(untilNs);
    return { reason: 'horizon' };
  }

  private moveTo(timeNs: number): void {
    this.nowNs = timeNs;
    this.hash.moveTo(timeNs);
    this.guard.startInstant(this.eventsExecuted);
    this.ring.sizeMax = this.guard.liveMax - this.records.live;
  }
}
