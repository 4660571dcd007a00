import { ZERO } from '../../engine/zero.js';

/** What one priority level had waiting and in use, summed over time; the lives of a server share it. */
export class LevelMeter {
  readonly name: string;
  /** Its nominal share of the seats. */
  nominalSeats: number;
  /** Requests refused, for want of a place or after waiting. */
  rejected: number;
  /** Requests waiting, and seats in use, times nanoseconds. */
  waitingNs: number;
  seatsNs: number;
  waitingMax: number;
  seatsMax: number;

  constructor(name: string) {
    this.name = name;
    this.nominalSeats = 0;
    this.rejected = 0;
    this.waitingNs = ZERO;
    this.seatsNs = ZERO;
    this.waitingMax = 0;
    this.seatsMax = 0;
  }

  /** So many requests waited, and so many seats were in use, for so long. */
  elapse(waiting: number, seats: number, elapsedNs: number): void {
    this.waitingNs += waiting * elapsedNs;
    this.seatsNs += seats * elapsedNs;
    if (waiting > this.waitingMax) this.waitingMax = waiting;
    if (seats > this.seatsMax) this.seatsMax = seats;
  }

  /** Counts from now on. */
  begin(): void {
    this.rejected = 0;
    this.waitingNs = 0;
    this.seatsNs = 0;
    this.waitingMax = 0;
    this.seatsMax = 0;
  }
}

/** The meters of all priority levels, by name. */
export class LevelMeters {
  readonly all: LevelMeter[];

  constructor() {
    this.all = [];
  }

  of(name: string): LevelMeter {
    const known = this.all.find((meter) => meter.name === name);
    if (known !== undefined) return known;
    const meter = new LevelMeter(name);
    this.all.push(meter);
    return meter;
  }

  /** Counts from now on. */
  begin(): void {
    for (const meter of this.all) meter.begin();
  }
}
