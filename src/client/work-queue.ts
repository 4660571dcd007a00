import { emptyOut } from '../api/empty-out.js';
import type { EventKind, QueueAudit } from '../engine/index.js';
import { KeyNumbers } from './key-numbers.js';
import type { Process } from './process.js';
import { QueueTimes } from './queue-times.js';
import { type RetryDelays, RetryLimiter } from './retry-limiter.js';
import { type Task, TaskRunner } from './task.js';

/** A key needs work: it is queued or about to be queued again. */
const DIRTY = 1;
/** Only chores have added it. */
const DIRTY_CHORE = 2;
/** A worker has it. */
const PROCESSING = 4;
/** A worker has it for a chore alone. */
const CHORE = 8;
/** It was so, and has become work meanwhile. */
const PROMOTED = 16;
/** It comes back later, and only chores wait for that. */
const DELAYED_CHORE = 32;
/** It comes back for nothing but a failure. */
const RETRYING = 64;

/** The reconciliation of one object: the key is its identity. Undefined where there was nothing to wait for. */
export type Sync = (key: number) => Task | undefined;

/**
 * client-go's work queue with its workers: a key that is queued twice is worked on once, a key that is added while a
 * worker has it comes back afterwards, and keys may be added after a delay or after a backoff of their own.
 */
export class WorkQueue {
  readonly name: string;
  private readonly process: Process;
  private readonly runner: TaskRunner;
  private readonly limiter: RetryDelays;
  private readonly sync: Sync;
  private readonly delayedKind: EventKind;
  private readonly dueKind: EventKind;
  private readonly flags: KeyNumbers;
  private readonly queued: number[];
  private readonly queuedAsChore: boolean[];
  /** For a trace: what put each key there, and what it waits for. */
  private readonly causes: number[];
  private readonly queueLabel: number;
  /** When each delayed key is due, 0 for others; only the earliest moment counts. */
  private readonly dueNs: KeyNumbers;
  /** The events that bring delayed keys back. */
  private readonly handles: KeyNumbers;
  private readonly audit: QueueAudit | undefined;
  /** For who counts; undefined where nobody does. */
  private readonly times: QueueTimes | undefined;
  private head: number;
  private idleWorkers: number;

  constructor(process: Process, name: string, workers: number, sync: Sync, limiter: RetryDelays = new RetryLimiter()) {
    const { engine } = process;
    this.name = name;
    this.process = process;
    this.runner = new TaskRunner(process);
    this.limiter = limiter;
    this.sync = sync;
    this.delayedKind = engine.register(`${name} queue: delay`, (key) => this.ripen(key), 'timer');
    this.dueKind = engine.register(`${name} queue`, () => this.serve(), 'queue');
    this.flags = new KeyNumbers();
    this.queued = [];
    this.queuedAsChore = [];
    this.causes = [];
    this.queueLabel = engine.trace?.nameWait(`${name}: waits for a worker`, 'queue') ?? 0;
    this.dueNs = new KeyNumbers();
    this.handles = new KeyNumbers();
    this.audit = engine.audit?.queue(engine, `${process.name}: ${name} queue`, () => this.length);
    this.head = 0;
    this.idleWorkers = workers;
    const meter = process.queueMeter?.(name);
    this.times = meter && new QueueTimes(meter);
    process.queues.push(this);
  }

  /** Keys that wait for a worker. */
  get length(): number {
    return this.queued.length - this.head;
  }

  add(key: number): void {
    const { inChore } = this.process.engine;
    const flags = this.flags.of(key);
    if ((flags & DIRTY) !== 0) {
      if (inChore || (flags & DIRTY_CHORE) === 0) return;
      this.flags.put(key, flags & ~DIRTY_CHORE);
      this.promote(key);
      return;
    }
    this.flags.put(key, flags | (inChore ? DIRTY | DIRTY_CHORE : DIRTY));
    if ((flags & PROCESSING) === 0) {
      this.times?.added(this.process.engine.nowNs);
      this.enqueue(key, inChore);
      return;
    }
    this.times?.addedMeanwhile(key, this.process.engine.nowNs);
    if (!inChore) this.promoteTask(key);
  }

  /** Only the earliest moment of a key counts. A `chore` is a look that no convergence waits for. */
  addAfter(key: number, delayNs: number, chore: boolean = this.process.engine.inChore): void {
    this.clear(key, RETRYING);
    this.delay(key, delayNs, chore);
  }

  /** Which of these flags it had. */
  private clear(key: number, some: number): number {
    const flags = this.flags.of(key);
    if ((flags & some) !== 0) this.flags.put(key, flags & ~some);
    return flags & some;
  }

  private delay(key: number, delayNs: number, chore: boolean): void {
    if (delayNs <= 0) {
      this.add(key);
      return;
    }
    const { engine } = this.process;
    const dueNs = engine.nowNs + delayNs;
    const known = this.dueNs.of(key);
    const wasForChores = (this.flags.of(key) & DELAYED_CHORE) !== 0;
    const forChores = chore && (known === 0 || wasForChores);
    if (known !== 0 && known <= dueNs) {
      if (!forChores && wasForChores) this.comeBack(key, known, false);
    } else this.comeBack(key, dueNs, forChores);
  }

  /** The key comes back at a moment; if it was to come back before, then instead of that. */
  private comeBack(key: number, dueNs: number, chore: boolean): void {
    const { engine } = this.process;
    if (this.dueNs.of(key) !== 0) engine.cancel(this.handles.of(key));
    const flags = this.flags.of(key);
    this.flags.put(key, chore ? flags | DELAYED_CHORE : flags & ~DELAYED_CHORE);
    this.dueNs.put(key, dueNs);
    this.handles.put(key, engine.scheduleAs(chore, dueNs - engine.nowNs, this.delayedKind, key));
  }

  /** What a chore has queued is work as well. */
  private promote(key: number): void {
    for (let index = this.head; index < this.queued.length; index++) {
      if (this.queued[index] !== key) continue;
      this.queuedAsChore[index] = false;
      this.process.hold();
      return;
    }
    this.promoteTask(key);
  }

  /** A worker that has the key for a chore reads what is news by now: what it does about it is work. */
  private promoteTask(key: number): void {
    const flags = this.flags.of(key);
    if ((flags & CHORE) === 0) return;
    this.flags.put(key, (flags & ~CHORE) | PROMOTED);
    this.runner.promote(key);
    this.process.hold();
  }

  /** Whatever the key was to come back for has been settled: it still comes, but nobody waits for it. */
  demote(key: number): void {
    const dueNs = this.dueNs.of(key);
    if (dueNs !== 0) this.comeBack(key, dueNs, true);
  }

  /**
   * Adds the key after its next backoff: by default 5 ms doubling to 1000 s, no more than 10 a second in all. A retry is
   * nothing to wait for any more once the key is well again.
   */
  addRateLimited(key: number, isRetry = true): void {
    this.times?.retried();
    const { engine } = this.process;
    const flags = this.flags.of(key);
    if (!isRetry) this.clear(key, RETRYING);
    else if (this.dueNs.of(key) === 0 || (flags & DELAYED_CHORE) !== 0) this.flags.put(key, flags | RETRYING);
    this.delay(key, this.limiter.nextNs(key, engine.nowNs), engine.inChore);
  }

  /** The key is well again: its backoff starts anew, and nobody waits for a retry that is still to come. */
  forget(key: number): void {
    this.limiter.forget(key);
    if (this.clear(key, RETRYING) !== 0) this.demote(key);
  }

  /** How often in a row the key was added with a backoff. */
  retries(key: number): number {
    return this.limiter.retries(key);
  }

  /** A worker has finished with a key. */
  taskEnded(key: number): void {
    this.times?.done(key, this.process.engine.nowNs);
    this.letGo(key);
  }

  private letGo(key: number): void {
    const flags = this.flags.of(key);
    this.flags.put(key, flags & ~(PROCESSING | CHORE | PROMOTED));
    this.idleWorkers++;
    if ((flags & DIRTY) !== 0) {
      this.times?.queued(key);
      this.enqueue(key, (flags & DIRTY_CHORE) !== 0);
    } else if (this.length > 0) this.wake();
    if ((flags & PROMOTED) !== 0) this.process.release();
  }

  private ripen(key: number): void {
    this.dueNs.put(key, 0);
    this.handles.put(key, 0);
    this.clear(key, DELAYED_CHORE | RETRYING);
    this.add(key);
  }

  private enqueue(key: number, chore: boolean): void {
    const { engine } = this.process;
    this.audit?.enter(key);
    this.queued.push(key);
    this.queuedAsChore.push(chore);
    this.causes.push(engine.trace?.current ?? 0);
    if (!chore) this.process.hold();
    this.wake();
  }

  private wake(): void {
    if (this.idleWorkers > 0) this.process.engine.scheduleNow(this.dueKind);
  }

  private serve(): void {
    if (this.idleWorkers === 0 || this.length === 0) return;
    const { engine } = this.process;
    const key = this.queued[this.head]!;
    const chore = this.queuedAsChore[this.head]!;
    engine.trace?.resume(this.causes[this.head]!, engine.nowNs, this.queueLabel);
    this.audit?.leave(key);
    this.times?.taken(this.head, engine.nowNs);
    this.advance();
    this.idleWorkers--;
    const flags = this.flags.of(key) & ~(DIRTY | DIRTY_CHORE);
    this.flags.put(key, flags | (chore ? PROCESSING | CHORE : PROCESSING));
    engine.become(chore);
    this.begin(key);
    if (!chore) this.process.release();
  }

  private begin(key: number): void {
    const task = this.sync(key);
    if (task === undefined) {
      this.times?.passed();
      this.letGo(key);
      return;
    }
    this.times?.started(key, this.process.engine.nowNs);
    this.runner.start(task, this, key);
  }

  private advance(): void {
    this.head++;
    if (this.head === this.queued.length) {
      emptyOut(this.queued);
      emptyOut(this.queuedAsChore);
      emptyOut(this.causes);
      this.times?.drop(this.head);
      this.head = 0;
      return;
    }
    if (this.head * 2 < this.queued.length && this.head < COMPACT_AT) return;
    this.queued.splice(0, this.head);
    this.queuedAsChore.splice(0, this.head);
    this.causes.splice(0, this.head);
    this.times?.drop(this.head);
    this.head = 0;
  }
}

const COMPACT_AT = 1024;
