import type { Borrower } from './borrowing.js';
import { DroppedRequests } from './dropped-requests.js';
import type { LevelMeter } from './level-meter.js';
import { type PriorityLevel, queuingOf } from './priority-level.js';
import { type DispatchTaker, QueueSet } from './queue-set.js';
import type { RequestTable } from './request-table.js';
import type { SeatDemand } from './seat-demand.js';
import type { SeatLimits } from './seat-limits.js';

/** A priority level at work. */
export class LevelState implements Borrower {
  readonly name: string;
  readonly exempt: boolean;
  readonly limits: SeatLimits;
  readonly queues: QueueSet;
  readonly dropped: DroppedRequests;

  constructor(
    index: number,
    level: PriorityLevel,
    limits: SeatLimits,
    requests: RequestTable,
    taker: DispatchTaker,
    nowNs: number,
    meter: LevelMeter | undefined,
  ) {
    this.name = level.name;
    this.exempt = level.spec.type === 'Exempt';
    this.limits = limits;
    this.queues = new QueueSet(index, queuingOf(level), this.exempt, limits.nominal, requests, taker, nowNs);
    if (meter !== undefined) {
      meter.nominalSeats = limits.nominal;
      this.queues.meter = meter;
    }
    this.dropped = new DroppedRequests();
  }

  get demand(): SeatDemand {
    return this.queues.demand;
  }

  get seatLimit(): number {
    return this.queues.seatLimit;
  }

  refuse(nowNs: number): void {
    this.queues.meter.rejected++;
    this.dropped.record(nowNs);
  }
}
