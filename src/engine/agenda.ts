import { assert } from './assert.js';
import type { Audit } from './audit.js';
import type { EngineOptions } from './engine-options.js';
import { type EventHandle, SLOTS_MAX } from './event-handle.js';
import type { EventQueue } from './event-queue.js';
import { EventRecords } from './event-records.js';
import { Fingerprint } from './fingerprint.js';
import { HANDLES_BELOW, InstantRing } from './instant-ring.js';
import { type EventKind, type Handler, KindTable } from './kind-table.js';
import { LimitGuard } from './limit-guard.js';
import { resolveLimits } from './limits.js';
import { refuseEvent } from './refuse-event.js';
import { retire } from './retirement.js';
import { SlotCauses } from './slot-causes.js';
import { Suspension } from './suspension.js';
import { assertPriority, TieOrder } from './tie-order.js';
import { TieredQueue } from './tiered-queue.js';
import type { Trace } from './trace.js';
import type { NamedWait, WaitCause } from './wait-cause.js';

/** What is to come: the clock, the kinds of events, and the events that are scheduled. The engine runs them. */
export class Agenda {
  /** The virtual time in nanoseconds. Read it, never write it. */
  nowNs: number = 0;
  /** Events executed since the engine was made. */
  eventsExecuted: number = 0;
  /** Live work events, queued or running, plus holds. A run has converged when only chores are left. */
  workPending: number = 0;
  /** Where causes are recorded, if they are. */
  readonly trace: Trace | undefined;
  /** Where books are kept on the queues of the model, if they are. */
  readonly audit: Audit | undefined;
  protected readonly records: EventRecords;
  protected readonly queue: EventQueue;
  protected readonly ring: InstantRing = new InstantRing();
  /** Whether what is scheduled for this very instant goes through the ring: with plain ties and the own queue. */
  private readonly ringOpen: boolean;
  /** Nothing of this instant is left in the queue, as far as is known. */
  protected ringAlone: boolean = false;
  protected readonly kinds: KindTable = new KindTable();
  private readonly order: TieOrder;
  protected readonly hash: Fingerprint = new Fingerprint();
  protected readonly guard: LimitGuard;
  /** The table's handlers and hashes of names, within reach of the loop. */
  protected readonly handlers: Handler[] = this.kinds.handlers;
  protected readonly hashes: number[] = this.kinds.hashes;
  /** 1 while a chore is running, 0 while work is, or nothing. */
  protected chore: 0 | 1 = 0;
  protected readonly causes: SlotCauses = new SlotCauses();
  /** Was work held, perhaps within one chore, since all was quiet? */
  protected stirred: boolean = false;

  constructor({ ties = 'fifo', seed = 0, limits, trace, audit, queue }: EngineOptions = {}) {
    const resolved = resolveLimits(limits);
    this.records = new EventRecords(Math.min(1024, resolved.liveEvents));
    this.queue = queue?.(this.records) ?? new TieredQueue(this.records);
    this.ringOpen = ties === 'fifo' && queue === undefined;
    this.order = new TieOrder(ties, seed);
    this.guard = new LimitGuard(resolved, this.kinds, this.records);
    this.trace = trace;
    this.audit = audit;
    this.moveTo(0);
  }

  /** Adds a kind of event. `waitsFor` is what its events wait for between being scheduled and running. */
  register(name: string, handler: Handler, waitsFor: WaitCause = 'none'): EventKind {
    return this.kinds.register(name, handler, waitsFor);
  }

  /** Kinds registered so far. */
  get kindCount(): number {
    return this.handlers.length;
  }

  /** The name of a kind, or of a label of {@link Trace.nameWait}, and what is waited for under it. */
  waitOf(label: number): NamedWait {
    return label < 0 ? this.trace!.waitOf(label) : this.kinds.waitOf(label);
  }

  /** Schedules an event `delayNs` (an integer, not negative) from now: a chore if the running event is one, else work. */
  schedule(delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return delayNs === 0 && this.ringOpen
      ? this.putNow(this.chore, kind, target, a, b)
      : this.handleOf(this.insert(delayNs, 0, this.chore, kind, target, a, b));
  }

  /** As `schedule` without a delay, in code of its own: small enough to be inlined wherever it is called. */
  scheduleNow(kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return this.ringOpen
      ? this.putNow(this.chore, kind, target, a, b)
      : this.handleOf(this.insert(0, 0, this.chore, kind, target, a, b));
  }

  /** As `schedule`, at a moment of virtual time that is not in the past. */
  scheduleAt(timeNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return this.schedule(timeNs - this.nowNs, kind, target, a, b);
  }

  /** As `schedule`, saying whether the event is a chore (periodic background) or work. Written out, as one more call would allocate. */
  scheduleAs(chore: boolean, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    return delayNs === 0 && this.ringOpen
      ? this.putNow(chore ? 1 : 0, kind, target, a, b)
      : this.handleOf(this.insert(delayNs, 0, chore ? 1 : 0, kind, target, a, b));
  }

  /** As `schedule`; among the events of its time smaller priorities run first. An integer in [-127, 127], otherwise 0. */
  scheduleWithPriority(priority: number, delayNs: number, kind: EventKind, target = 0, a = 0, b = 0): EventHandle {
    assertPriority(priority);
    if (priority === 0) return this.schedule(delayNs, kind, target, a, b);
    return this.handleOf(this.insert(delayNs, priority, this.chore, kind, target, a, b));
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

  /** Is the running event a periodic chore, or caused by one? False outside a run. */
  get inChore(): boolean {
    return this.chore === 1;
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

  /** Keeps what comes due of the kinds [from, to) of each range until they go on: whoever registered them is stopped. */
  suspend(ranges: readonly (readonly [from: EventKind, to: EventKind])[]): Suspension {
    return new Suspension(this, this.handlers, ranges);
  }

  /** The clock moves, and a new instant begins. */
  protected moveTo(timeNs: number): void {
    this.nowNs = timeNs;
    this.hash.moveTo(timeNs);
    this.guard.instantStart = this.eventsExecuted;
    this.ring.start();
  }

  private handleOf(slot: number): EventHandle {
    return this.records.generations[slot]! * SLOTS_MAX + slot;
  }

  /** Inserts an event for this instant, which needs no slot. */
  private putNow(chore: 0 | 1, kind: EventKind, target: number, a: number, b: number): EventHandle {
    if (kind >>> 0 >= this.handlers.length || target !== (target | 0))
      refuseEvent(this.kinds, this.nowNs, this.nowNs, kind, target);
    const { ring, trace } = this;
    if (ring.tail === ring.fullAt) this.guard.makeRoomNow(ring);
    const row = ring.tail & ring.mask;
    ring.targets[row] = target;
    ring.kinds[row] = (kind << 2) | chore;
    if (a !== 0 || b !== 0) ring.setNumbers(row, a, b);
    if (trace !== undefined) ring.causes[row] = trace.current;
    this.workPending += 1 - chore;
    return HANDLES_BELOW - ring.tail++;
  }

  /** Inserts an event and gives its slot. The sum of two times is taken here, as a number that is passed on is allocated. */
  private insert(
    delayNs: number,
    priority: number,
    chore: 0 | 1,
    kind: EventKind,
    target: number,
    a: number,
    b: number,
  ): number {
    const timeNs = this.nowNs + delayNs;
    const isTime = timeNs === this.nowNs || (timeNs > this.nowNs && Number.isSafeInteger(timeNs));
    if (!(isTime && kind >>> 0 < this.handlers.length && target === (target | 0)))
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
    return slot;
  }
}
