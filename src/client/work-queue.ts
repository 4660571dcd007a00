import type { EventHandle, EventKind, QueueAudit } from '../engine/index.js';
import type { Process } from './process.js';
import { QueueTimes } from './queue-times.js';
import { type RetryDelays, RetryLimiter } from './retry-limiter.js';
import { type Task, TaskRunner } from './task.js';

/** The reconciliation of one object: the key is its identity. */
export type Sync = (key: number) => Task;

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
  /** Keys that need work, queued or about to be queued again. */
  private readonly dirty: Set<number>;
  private readonly processing: Set<number>;
  private readonly queued: number[];
  private readonly queuedAsChore: boolean[];
  /** For a trace: what put each key there, and what it waits for. */
  private readonly causes: number[];
  private readonly queueLabel: number;
  /** When each delayed key is due; only the earliest moment counts. */
  private readonly dueNs: Map<number, number>;
  private readonly delayed: Map<number, EventHandle>;
  /** Dirty keys that only chores have added, and delayed ones that only chores wait for. */
  private readonly dirtyChores: Set<number>;
  private readonly delayedChores: Set<number>;
  /** Keys that a worker has for a chore alone, and those of them that have become work meanwhile. */
  private readonly chores: Set<number>;
  private readonly promoted: Set<number>;
  /** Delayed keys that come back for nothing but a failure. */
  private readonly retrying: Set<number>;
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
    this.dirty = new Set();
    this.processing = new Set();
    this.queued = [];
    this.queuedAsChore = [];
    this.causes = [];
    this.queueLabel = engine.trace?.nameWait(`${name}: waits for a worker`, 'queue') ?? 0;
    this.dueNs = new Map();
    this.delayed = new Map();
    this.dirtyChores = new Set();
    this.delayedChores = new Set();
    this.chores = new Set();
    this.promoted = new Set();
    this.retrying = new Set();
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
    if (this.dirty.has(key)) {
      if (!inChore && this.dirtyChores.delete(key)) this.promote(key);
      return;
    }
    this.dirty.add(key);
    if (inChore) this.dirtyChores.add(key);
    this.times?.added(key, this.process.engine.nowNs);
    if (!this.processing.has(key)) this.enqueue(key);
    else if (!inChore) this.promoteTask(key);
  }

  /** Only the earliest moment of a key counts. A `chore` is a look that no convergence waits for. */
  addAfter(key: number, delayNs: number, chore: boolean = this.process.engine.inChore): void {
    this.retrying.delete(key);
    this.delay(key, delayNs, chore);
  }

  private delay(key: number, delayNs: number, chore: boolean): void {
    if (delayNs <= 0) {
      this.add(key);
      return;
    }
    const { engine } = this.process;
    const dueNs = engine.nowNs + delayNs;
    const known = this.dueNs.get(key);
    const forChores = chore && (known === undefined || this.delayedChores.has(key));
    if (known !== undefined && known <= dueNs) {
      if (!forChores && this.delayedChores.has(key)) this.comeBack(key, known, false);
    } else this.comeBack(key, dueNs, forChores);
  }

  /** The key comes back at a moment; if it was to come back before, then instead of that. */
  private comeBack(key: number, dueNs: number, chore: boolean): void {
    const { engine } = this.process;
    const handle = this.delayed.get(key);
    if (handle !== undefined) engine.cancel(handle);
    if (chore) this.delayedChores.add(key);
    else this.delayedChores.delete(key);
    this.dueNs.set(key, dueNs);
    this.delayed.set(key, engine.scheduleAs(chore, dueNs - engine.nowNs, this.delayedKind, key));
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
    if (!this.chores.delete(key)) return;
    this.promoted.add(key);
    this.runner.promote(key);
    this.process.hold();
  }

  /** Whatever the key was to come back for has been settled: it still comes, but nobody waits for it. */
  demote(key: number): void {
    const dueNs = this.dueNs.get(key);
    if (dueNs !== undefined) this.comeBack(key, dueNs, true);
  }

  /**
   * Adds the key after its next backoff: by default 5 ms doubling to 1000 s, no more than 10 a second in all. A retry is
   * nothing to wait for any more once the key is well again.
   */
  addRateLimited(key: number, isRetry = true): void {
    this.times?.retried();
    const { engine } = this.process;
    if (!isRetry) this.retrying.delete(key);
    else if (!this.delayed.has(key) || this.delayedChores.has(key)) this.retrying.add(key);
    this.delay(key, this.limiter.nextNs(key, engine.nowNs), engine.inChore);
  }

  /** The key is well again: its backoff starts anew, and nobody waits for a retry that is still to come. */
  forget(key: number): void {
    this.limiter.forget(key);
    if (this.retrying.delete(key)) this.demote(key);
  }

  /** How often in a row the key was added with a backoff. */
  retries(key: number): number {
    return this.limiter.retries(key);
  }

  /** A worker has finished with a key. */
  taskEnded(key: number): void {
    this.processing.delete(key);
    this.times?.done(key, this.process.engine.nowNs);
    this.idleWorkers++;
    if (this.dirty.has(key)) this.enqueue(key);
    else if (this.length > 0) this.wake();
    this.chores.delete(key);
    if (this.promoted.delete(key)) this.process.release();
  }

  private ripen(key: number): void {
    this.dueNs.delete(key);
    this.delayed.delete(key);
    this.delayedChores.delete(key);
    this.retrying.delete(key);
    this.add(key);
  }

  private enqueue(key: number): void {
    const { engine } = this.process;
    this.audit?.enter(key);
    this.queued.push(key);
    const chore = this.dirtyChores.has(key);
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
    this.advance();
    this.idleWorkers--;
    this.dirty.delete(key);
    this.dirtyChores.delete(key);
    this.processing.add(key);
    this.times?.taken(key, engine.nowNs);
    engine.become(chore);
    if (chore) this.chores.add(key);
    this.runner.start(this.sync(key), this, key);
    if (!chore) this.process.release();
  }

  private advance(): void {
    this.head++;
    if (this.head * 2 < this.queued.length && this.head < COMPACT_AT) return;
    this.queued.splice(0, this.head);
    this.queuedAsChore.splice(0, this.head);
    this.causes.splice(0, this.head);
    this.head = 0;
  }
}

const COMPACT_AT = 1024;
