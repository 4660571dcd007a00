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
  private readonly hopeless: () => boolean;
  private readonly backoffKind: EventKind;
  private readonly flushKind: EventKind;
  private backoffTimer: EventHandle;
  private flushTimer: EventHandle;
  /** Whether the pods whose backoff is awaited could be placed when it ends. */
  private awaited: boolean;

  /**
   * `onFlush` is called after each flush; the pods may be ready then. While it is `hopeless` to try any of them, the end
   * of a backoff is a chore: pods are tried for ever, and a run must not wait for that.
   */
  constructor(
    engine: Engine,
    name: string,
    queue: SchedulingQueue,
    onFlush: () => void,
    hopeless: () => boolean = () => false,
  ) {
    this.engine = engine;
    this.queue = queue;
    this.onFlush = onFlush;
    this.hopeless = hopeless;
    this.awaited = true;
    this.backoffKind = engine.register(`${name}: backoff`, () => this.flushBackoff(), 'timer');
    this.flushKind = engine.register(`${name}: unschedulable pods`, () => this.flushUnschedulable(), 'timer');
    this.backoffTimer = NONE;
    this.flushTimer = NONE;
  }

  /** Sets the timers that waiting pods need and stops those that none needs any more. */
  arm(): void {
    const { engine, queue } = this;
    if (!this.awaited && this.backoffTimer !== NONE && !this.hopeless()) {
      engine.cancel(this.backoffTimer);
      this.backoffTimer = NONE;
    }
    if (queue.sizeOf('backoff') > 0 && this.backoffTimer === NONE) {
      const hopeless = this.hopeless();
      const chore = hopeless || (this.awaited && engine.inChore);
      this.awaited = !hopeless;
      this.backoffTimer = engine.scheduleAs(chore, untilNext(engine.nowNs, BACKOFF_FLUSH_PERIOD_NS), this.backoffKind);
    } else if (queue.sizeOf('backoff') === 0 && this.backoffTimer !== NONE) {
      engine.cancel(this.backoffTimer);
      this.backoffTimer = NONE;
    }
    if (queue.sizeOf('unschedulable') > 0 && this.flushTimer === NONE) {
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
