import { ZERO } from '../../engine/zero.js';
import { FlowQueues } from './flow-queues.js';
import type { LevelAudit } from './level-audit.js';
import { LevelMeter } from './level-meter.js';
import type { Queuing } from './priority-level.js';
import { NONE, type RequestTable, SERVICE_TIME_GUESS_NS } from './request-table.js';
import { SeatDemand } from './seat-demand.js';
import { seatsTimesDuration } from './seat-seconds.js';
import type { WorkEstimate } from './work-estimate.js';

/** Answers of {@link QueueSet.arrive} to a request that may not even wait. */
export const QUEUE_FULL: number = -1;
export const NO_SEATS: number = -2;

/** Hears of every request that may begin, in order and even while it arrives; it must not call back at once. */
export interface DispatchTaker {
  dispatched(tag: number, request: number): void;
}

/**
 * The seats of one priority level and the queues for them: fair queuing, where what costs a seat for a second counts,
 * not the number of requests. A progress meter R tells how many seat-seconds each busy queue was due since the start;
 * a queue that had more waits, one that had less goes first (fairqueuing/queueset/queueset.go and its doc.go).
 *
 * Times are passed in and never fall. Handles are rows of the request table.
 */
export class QueueSet {
  readonly demand: SeatDemand;
  /** Sums up what waits and what is in use; whoever wants to know sets it. */
  meter: LevelMeter;
  /** Keeps its books, if somebody does. */
  audit: LevelAudit | undefined;
  requestsWaiting: number;
  requestsExecuting: number;
  seatsWaiting: number;
  seatsInUse: number;
  private limit: number;
  private readonly level: number;
  private readonly exempt: boolean;
  private readonly queueLengthLimit: number;
  private readonly requests: RequestTable;
  private readonly taker: DispatchTaker;
  private readonly queues: FlowQueues | undefined;
  private currentR: number;
  private lastNs: number;
  private lastQueue: number;
  private arrivals: number;

  /** Without `queuing` a request is served or refused at once; `exempt`, it is always served. */
  constructor(
    level: number,
    queuing: Queuing | undefined,
    exempt: boolean,
    seatLimit: number,
    requests: RequestTable,
    taker: DispatchTaker,
    nowNs: number,
  ) {
    this.demand = new SeatDemand(nowNs);
    this.meter = new LevelMeter('');
    this.audit = undefined;
    this.requestsWaiting = 0;
    this.requestsExecuting = 0;
    this.seatsWaiting = 0;
    this.seatsInUse = 0;
    this.limit = seatLimit;
    this.level = level;
    this.exempt = exempt;
    this.queueLengthLimit = queuing?.queueLengthLimit ?? 0;
    this.requests = requests;
    this.taker = taker;
    this.queues = queuing === undefined ? undefined : new FlowQueues(queuing.queues, requests);
    this.currentR = ZERO;
    this.lastNs = nowNs;
    this.lastQueue = 0;
    this.arrivals = 0;
  }

  get seatLimit(): number {
    return this.limit;
  }

  /** Requests that wait in one queue. */
  lengthOf(queue: number): number {
    return this.queues?.length[queue] ?? 0;
  }

  /** Changes the seats there are; what fits now begins. */
  setSeatLimit(seats: number, nowNs: number): void {
    this.advance(nowNs);
    this.limit = seats;
    this.dispatch(nowNs);
  }

  /**
   * A request comes: it begins (as the taker hears), waits, or is refused ({@link QUEUE_FULL}, {@link NO_SEATS}).
   * `hand` are the queues it may choose from.
   */
  arrive(hand: readonly number[], work: WorkEstimate, tag: number, nowNs: number): number {
    this.advance(nowNs);
    if (this.queues === undefined) return this.arriveWithoutQueue(work, tag, nowNs);
    if (this.isOpenTo(work)) return this.arriveAlone(this.queues, hand, work, tag, nowNs);
    const queue = this.chooseQueue(this.queues, hand);
    if (this.seatsInUse >= this.limit && this.queues.length[queue]! >= this.queueLengthLimit) return QUEUE_FULL;
    const request = this.requests.take(tag, this.level, queue, work, this.currentR);
    if (!this.queues.isBusy(queue)) this.queues.nextDispatchR[queue] = this.currentR;
    this.audit?.queued(queue, request);
    this.queues.enqueue(queue, request);
    this.bound(this.queues, queue);
    this.requestsWaiting++;
    this.seatsWaiting += this.requests.seats[request]!;
    this.noteDemand(nowNs);
    this.dispatch(nowNs);
    return request;
  }

  /** A request has been answered. Returns for how long it keeps its seats; unless 0, {@link release} ends that. */
  finish(request: number, nowNs: number): number {
    this.advance(nowNs);
    this.requestsExecuting--;
    const queue = this.requests.queue[request]!;
    if (this.queues !== undefined) this.correct(this.queues, queue, request, nowNs);
    const lingerNs = this.requests.lingerNs[request]!;
    if (lingerNs === 0) this.freeSeats(request, nowNs);
    this.dispatch(nowNs);
    return lingerNs;
  }

  /** The seats a request kept after its answer are free. */
  release(request: number, nowNs: number): void {
    this.advance(nowNs);
    this.freeSeats(request, nowNs);
    this.dispatch(nowNs);
  }

  /** A request that waits gives up. Nothing else begins for it: the next change of seats looks again. */
  abandon(request: number, nowNs: number): void {
    this.advance(nowNs);
    const queue = this.requests.queue[request]!;
    this.audit?.left(queue, request);
    this.queues!.abandon(queue, request);
    this.bound(this.queues!, queue);
    this.requestsWaiting--;
    this.seatsWaiting -= this.requests.seats[request]!;
    this.requests.release(request);
    this.noteDemand(nowNs);
  }

  /** Whether a request begins at once: nothing waits, and it fits as it is. */
  private isOpenTo({ initialSeats, finalSeats }: WorkEstimate): boolean {
    if (this.requestsWaiting > 0 || this.seatsInUse >= this.limit) return false;
    return this.seatsInUse + Math.max(initialSeats, finalSeats) <= this.limit;
  }

  /** The same as to wait, to be the only one and to begin: then all queues of the hand are alike. */
  private arriveAlone(
    queues: FlowQueues,
    hand: readonly number[],
    work: WorkEstimate,
    tag: number,
    nowNs: number,
  ): number {
    const queue = hand[this.arrivals++ % hand.length]!;
    const request = this.requests.take(tag, this.level, queue, work, this.currentR);
    this.audit?.queued(queue, request);
    this.audit?.left(queue, request);
    queues.startAlone(queue, request, this.currentR);
    this.lastQueue = queue;
    this.start(request, nowNs);
    return request;
  }

  private arriveWithoutQueue(work: WorkEstimate, tag: number, nowNs: number): number {
    if (!this.fits(Math.max(work.initialSeats, work.finalSeats))) return NO_SEATS;
    const request = this.requests.take(tag, this.level, NONE, work, this.currentR);
    this.start(request, nowNs);
    return request;
  }

  /** Moves the progress meter by what each busy queue was due since last time. */
  advance(nowNs: number): void {
    const elapsedNs = nowNs - this.lastNs;
    this.lastNs = nowNs;
    if (elapsedNs === 0) return;
    this.meter.elapse(this.requestsWaiting, this.seatsInUse, elapsedNs);
    const busy = this.queues === undefined ? 0 : this.queues.busy;
    if (busy === 0) return;
    const seats = Math.min(this.seatsInUse + this.seatsWaiting, this.limit);
    this.currentR += seatsTimesDuration(seats / busy, elapsedNs);
  }

  /** The queue of the hand where the least work waits; who comes first in the hand changes with every arrival. */
  private chooseQueue({ waitingWork }: FlowQueues, hand: readonly number[]): number {
    const { length } = hand;
    let place = this.arrivals % length;
    this.arrivals++;
    let best = NONE;
    let leastWork = Number.POSITIVE_INFINITY;
    for (let left = length; left > 0; left--) {
      const queue = hand[place]!;
      const work = waitingWork[queue]!;
      place = place + 1 === length ? 0 : place + 1;
      if (work >= leastWork) continue;
      leastWork = work;
      best = queue;
    }
    return best;
  }

  private dispatch(nowNs: number): void {
    while (this.requestsWaiting > 0 && this.seatsInUse < this.limit && this.dispatchOne(this.queues!, nowNs));
  }

  /** Begins the request that is due; if it is too wide for now, everybody waits for it. */
  private dispatchOne(queues: FlowQueues, nowNs: number): boolean {
    const queue = queues.next(this.lastQueue);
    const request = queues.oldest(queue);
    const seats = this.requests.seats[request]!;
    if (!this.fits(seats)) return false;
    this.audit?.left(queue, request);
    queues.start(queue, request);
    this.requestsWaiting--;
    this.seatsWaiting -= seats;
    this.requests.narrow(request, this.limit);
    this.lastQueue = queue;
    queues.nextDispatchR[queue]! += this.requests.totalWork[request]!;
    this.bound(queues, queue);
    this.start(request, nowNs);
    return true;
  }

  /** A request wider than all there is begins when nothing else runs. */
  private fits(seats: number): boolean {
    if (this.exempt) return true;
    return seats > this.limit ? this.requestsExecuting === 0 : this.seatsInUse + seats <= this.limit;
  }

  private start(request: number, nowNs: number): void {
    this.requests.executing[request] = 1;
    this.requests.startNs[request] = nowNs;
    this.requestsExecuting++;
    this.audit?.seated(request, this.requests.seats[request]!);
    this.seatsInUse += this.requests.seats[request]!;
    this.noteDemand(nowNs);
    this.taker.dispatched(this.requests.tag[request]!, request);
  }

  /** Puts what the request really took in the place of the guess its queue was charged with. */
  private correct(queues: FlowQueues, queue: number, request: number, nowNs: number): void {
    queues.finish(queue);
    const savedNs = SERVICE_TIME_GUESS_NS - (nowNs - this.requests.startNs[request]!);
    queues.nextDispatchR[queue]! -= seatsTimesDuration(this.requests.initialSeats[request]!, savedNs);
    this.bound(queues, queue);
  }

  /** Nothing is due before it came: a queue cannot save up what it did not ask for. */
  private bound(queues: FlowQueues, queue: number): void {
    const oldest = queues.oldest(queue);
    if (oldest === NONE) return;
    const arrivalR = this.requests.arrivalR[oldest]!;
    if (queues.nextDispatchR[queue]! < arrivalR) queues.nextDispatchR[queue] = arrivalR;
  }

  private freeSeats(request: number, nowNs: number): void {
    this.audit?.freed(request);
    this.seatsInUse -= this.requests.seats[request]!;
    this.requests.release(request);
    this.noteDemand(nowNs);
  }

  private noteDemand(nowNs: number): void {
    this.demand.set(this.seatsInUse + this.seatsWaiting, nowNs);
  }
}
