import { NONE, type RequestTable } from './request-table.js';

/**
 * The queues of one priority level: what waits in each, first come first served, how much runs from each, and the
 * reading of the level's progress meter at which each may send its next (fairqueuing/queueset/types.go queue).
 */
export class FlowQueues {
  readonly length: Int32Array;
  /** Work that waits, in units of `seat-seconds.ts`. */
  readonly waitingWork: Float64Array;
  readonly nextDispatchR: Float64Array;
  private readonly requests: RequestTable;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;
  private readonly executing: Int32Array;
  /** The queues where something waits, in no order, and the place of each in that list. */
  private readonly waiting: Int32Array;
  private readonly place: Int32Array;
  private waitingQueues: number;
  private busyQueues: number;

  constructor(queues: number, requests: RequestTable) {
    this.length = new Int32Array(queues);
    this.waitingWork = new Float64Array(queues);
    this.nextDispatchR = new Float64Array(queues);
    this.requests = requests;
    this.head = new Int32Array(queues).fill(NONE);
    this.tail = new Int32Array(queues).fill(NONE);
    this.executing = new Int32Array(queues);
    this.waiting = new Int32Array(queues);
    this.place = new Int32Array(queues);
    this.waitingQueues = 0;
    this.busyQueues = 0;
  }

  /** Queues from which something waits or runs. */
  get busy(): number {
    return this.busyQueues;
  }

  isBusy(queue: number): boolean {
    return this.length[queue]! > 0 || this.executing[queue]! > 0;
  }

  /** The request that has waited longest. */
  oldest(queue: number): number {
    return this.head[queue]!;
  }

  /**
   * Of the queues where something waits, the one whose oldest request would be done first, each having its fair share;
   * among equals the first after `last`, going round (queueset.go findDispatchQueueToBoundLocked).
   */
  next(last: number): number {
    const { totalWork } = this.requests;
    const queues = this.length.length;
    let best = NONE;
    let bestFinishR = Number.POSITIVE_INFINITY;
    let bestDistance = 0;
    for (let i = 0; i < this.waitingQueues; i++) {
      const queue = this.waiting[i]!;
      const finishR = this.nextDispatchR[queue]! + totalWork[this.head[queue]!]!;
      if (finishR > bestFinishR) continue;
      const distance = queue > last ? queue - last : queue - last + queues;
      if (finishR === bestFinishR && distance > bestDistance) continue;
      best = queue;
      bestFinishR = finishR;
      bestDistance = distance;
    }
    return best;
  }

  enqueue(queue: number, request: number): void {
    const { next, previous, totalWork } = this.requests;
    if (!this.isBusy(queue)) this.busyQueues++;
    const tail = this.tail[queue]!;
    next[request] = NONE;
    previous[request] = tail;
    if (tail === NONE) this.beginWaiting(queue, request);
    else next[tail] = request;
    this.tail[queue] = request;
    this.length[queue]!++;
    this.waitingWork[queue]! += totalWork[request]!;
  }

  /** The request leaves its queue and begins to run. */
  start(queue: number, request: number): void {
    this.executing[queue]!++;
    this.unlink(queue, request);
  }

  /** A request that finds nothing waiting begins to run at once, at a reading of the progress meter. */
  startAlone(queue: number, request: number, currentR: number): void {
    const { nextDispatchR } = this;
    const isBusy = this.executing[queue]! > 0;
    if (!isBusy) this.busyQueues++;
    const dueR = isBusy ? Math.max(nextDispatchR[queue]!, currentR) : currentR;
    nextDispatchR[queue] = dueR + this.requests.totalWork[request]!;
    this.executing[queue]!++;
  }

  /** A request of the queue has been served. */
  finish(queue: number): void {
    this.executing[queue]!--;
    if (!this.isBusy(queue)) this.busyQueues--;
  }

  /** The request leaves its queue unserved. */
  abandon(queue: number, request: number): void {
    this.unlink(queue, request);
    if (!this.isBusy(queue)) this.busyQueues--;
  }

  private unlink(queue: number, request: number): void {
    const { next, previous, totalWork } = this.requests;
    const before = previous[request]!;
    const after = next[request]!;
    if (before === NONE) this.head[queue] = after;
    else next[before] = after;
    if (after === NONE) this.tail[queue] = before;
    else previous[after] = before;
    this.length[queue]!--;
    this.waitingWork[queue]! -= totalWork[request]!;
    if (this.length[queue] === 0) this.endWaiting(queue);
  }

  private beginWaiting(queue: number, request: number): void {
    this.head[queue] = request;
    this.place[queue] = this.waitingQueues;
    this.waiting[this.waitingQueues++] = queue;
  }

  private endWaiting(queue: number): void {
    const last = this.waiting[--this.waitingQueues]!;
    const place = this.place[queue]!;
    this.waiting[place] = last;
    this.place[last] = place;
  }
}
