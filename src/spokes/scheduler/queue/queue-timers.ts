import type { Engine, EventHandle, EventKind } from '../../../engine/index.js';
import { BACKOFF_FLUSH_PERIOD_NS, type SchedulingQueue, UNSCHEDULABLE_FLUSH_PERIOD_NS } from './scheduling-queue.js';

/** No timer is set; the engine's handles are not negative. */
const NONE: EventHandle = -1;

/**
 * The two clocks of a scheduling queue: every whole second for pods whose backoff is over, every 30 s for pods that
 * nothing has woken. They run only while there are such pods, since a timer for nothing would keep a run from ending.
 */
export class QueueTimers {
  private readonly engine: Engine;
  private readonly queue: SchedulingQueue;
  private readonly onFlush: () => void;
  private readonly backoffKind: EventKind;
  private readonly flushKind: EventKind;
  private backoffTimer: EventHandle;
  private flushTimer: EventHandle;

  /** `onFlush` is called after each flush; the pods may be ready then. */
  constructor(engine: Engine, name: string, queue: SchedulingQueue, onFlush: () => void) {
    this.engine = engine;
    this.queue = queue;
    this.onFlush = onFlush;
    this.backoffKind = engine.register(`${name}: backoff`, () => this.flushBackoff(), 'timer');
    this.flushKind = engine.register(`${name}: unschedulable pods`, () => this.flushUnschedulable(), 'timer');
    this.backoffTimer = NONE;
    this.flushTimer = NONE;
  }

  /** Sets the timers that waiting pods need and stops those that none needs any more. */
  arm(): void {
    const { engine, queue } = this;
    if (queue.backingOff && this.backoffTimer === NONE) {
      this.backoffTimer = engine.schedule(untilNext(engine.nowNs, BACKOFF_FLUSH_PERIOD_NS), this.backoffKind);
    } else if (!queue.backingOff && this.backoffTimer !== NONE) {
      engine.cancel(this.backoffTimer);
      this.backoffTimer = NONE;
    }
    if (queue.unschedulableCount > 0 && this.flushTimer === NONE) {
      // Looking for forgotten pods is a chore: it alone does not mean that anything is still going on.
      this.flushTimer = engine.scheduleAs(true, untilNext(engine.nowNs, UNSCHEDULABLE_FLUSH_PERIOD_NS), this.flushKind);
    }
  }

  private flushBackoff(): void {
    this.backoffTimer = NONE;
    this.queue.flushBackoff(this.engine.nowNs);
    this.onFlush();
  }

  private flushUnschedulable(): void {
    this.flushTimer = NONE;
    this.queue.flushUnschedulable(this.engine.nowNs);
    this.onFlush();
  }
}

/** Time to the next multiple of a period. */
function untilNext(nowNs: number, periodNs: number): number {
  return periodNs - (nowNs % periodNs);
}
