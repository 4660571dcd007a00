import { durationPerSeat, seatsTimesDuration } from './seat-seconds.js';
import type { WorkEstimate } from './work-estimate.js';

/** No request, no queue. */
export const NONE: number = -1;

/** How long a request is taken to be served before it has been (fairqueuing/queueset: estimatedServiceDuration). */
export const SERVICE_TIME_GUESS_NS = 3e6;

const INITIAL_ROWS = 64;

/**
 * The requests that wait or hold seats, one row each, in columns: a request costs no allocation. A row is a handle until
 * it is freed.
 */
export class RequestTable {
  /** What the caller knows the request by. */
  tag: Int32Array;
  level: Int32Array;
  /** The queue it went through; {@link NONE} where there are none. */
  queue: Int32Array;
  /** Neighbours in the queue; `next` also links the free rows. */
  next: Int32Array;
  previous: Int32Array;
  initialSeats: Int32Array;
  finalSeats: Int32Array;
  /** The most it holds at a time. */
  seats: Int32Array;
  /** Seat-seconds in units of `seat-seconds.ts`: of all of it, and of what comes after the answer. */
  totalWork: Float64Array;
  finalWork: Float64Array;
  /** How long it keeps its seats after its answer. */
  lingerNs: Float64Array;
  /** Reading of the level's progress meter at its arrival. */
  arrivalR: Float64Array;
  startNs: Float64Array;
  /** 1 from its dispatch on. */
  executing: Uint8Array;
  private free: number;
  private rows: number;

  constructor() {
    this.tag = new Int32Array(INITIAL_ROWS);
    this.level = new Int32Array(INITIAL_ROWS);
    this.queue = new Int32Array(INITIAL_ROWS);
    this.next = new Int32Array(INITIAL_ROWS);
    this.previous = new Int32Array(INITIAL_ROWS);
    this.initialSeats = new Int32Array(INITIAL_ROWS);
    this.finalSeats = new Int32Array(INITIAL_ROWS);
    this.seats = new Int32Array(INITIAL_ROWS);
    this.totalWork = new Float64Array(INITIAL_ROWS);
    this.finalWork = new Float64Array(INITIAL_ROWS);
    this.lingerNs = new Float64Array(INITIAL_ROWS);
    this.arrivalR = new Float64Array(INITIAL_ROWS);
    this.startNs = new Float64Array(INITIAL_ROWS);
    this.executing = new Uint8Array(INITIAL_ROWS);
    this.free = NONE;
    this.rows = 0;
  }

  /** A row for a new request. */
  take(tag: number, level: number, queue: number, work: WorkEstimate, arrivalR: number): number {
    const row = this.freeRow();
    const { initialSeats, finalSeats, additionalLatencyNs } = work;
    const finalWork = seatsTimesDuration(finalSeats, additionalLatencyNs);
    this.tag[row] = tag;
    this.level[row] = level;
    this.queue[row] = queue;
    this.initialSeats[row] = initialSeats;
    this.finalSeats[row] = finalSeats;
    this.seats[row] = Math.max(initialSeats, finalSeats);
    this.totalWork[row] = seatsTimesDuration(initialSeats, SERVICE_TIME_GUESS_NS) + finalWork;
    this.finalWork[row] = finalWork;
    this.lingerNs[row] = additionalLatencyNs;
    this.arrivalR[row] = arrivalR;
    this.executing[row] = 0;
    return row;
  }

  /** Lets the request hold no more than `limit` seats after its answer, for so much longer. */
  narrow(row: number, limit: number): void {
    if (this.finalSeats[row]! <= limit) return;
    this.finalSeats[row] = limit;
    this.seats[row] = Math.max(this.initialSeats[row]!, limit);
    this.lingerNs[row] = durationPerSeat(this.finalWork[row]!, limit);
  }

  release(row: number): void {
    this.next[row] = this.free;
    this.free = row;
  }

  private freeRow(): number {
    const row = this.free;
    if (row !== NONE) {
      this.free = this.next[row]!;
      return row;
    }
    if (this.rows === this.tag.length) this.grow();
    return this.rows++;
  }

  private grow(): void {
    this.tag = doubled(this.tag);
    this.level = doubled(this.level);
    this.queue = doubled(this.queue);
    this.next = doubled(this.next);
    this.previous = doubled(this.previous);
    this.initialSeats = doubled(this.initialSeats);
    this.finalSeats = doubled(this.finalSeats);
    this.seats = doubled(this.seats);
    this.totalWork = doubled(this.totalWork);
    this.finalWork = doubled(this.finalWork);
    this.lingerNs = doubled(this.lingerNs);
    this.arrivalR = doubled(this.arrivalR);
    this.startNs = doubled(this.startNs);
    this.executing = doubled(this.executing);
  }
}

type Column = Int32Array | Float64Array | Uint8Array;

function doubled<T extends Column>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)(column.length * 2);
  larger.set(column);
  return larger;
}
