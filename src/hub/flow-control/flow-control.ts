import type { Asker } from './asker.js';
import { BORROWING_PERIOD_NS, divideSeats } from './borrowing.js';
import { DEFAULT_FLOW_SCHEMAS } from './default-flow-schemas.js';
import { DEFAULT_PRIORITY_LEVELS } from './default-priority-levels.js';
import type { Flow } from './flow.js';
import { FlowDirectory } from './flow-directory.js';
import type { FlowSchema } from './flow-schema.js';
import type { LevelMeters } from './level-meter.js';
import { LevelState } from './level-state.js';
import type { ListRules } from './list-work.js';
import type { PriorityLevel } from './priority-level.js';
import type { DispatchTaker } from './queue-set.js';
import { RequestTable } from './request-table.js';
import { seatLimits } from './seat-limits.js';
import type { User } from './user.js';
import type { WorkEstimate } from './work-estimate.js';

/** Answer of {@link FlowControl.arrive} to a request that is refused with 429. */
export const REJECTED: number = -1;

export interface FlowControlOptions {
  /** `--max-requests-inflight` + `--max-mutating-requests-inflight`. */
  readonly serverSeats: number;
  /** `--request-timeout`. @default 60 s */
  readonly requestTimeoutNs?: number | undefined;
  /** What LISTs cost. @default as in the newest minor */
  readonly lists?: ListRules;
  readonly schemas?: readonly FlowSchema[];
  readonly levels?: readonly PriorityLevel[];
  /** Where to sum up what the levels do. */
  readonly meters?: LevelMeters;
}

/**
 * API priority and fairness of one API server: every request belongs to a flow, takes seats of the flow's priority level
 * while it is served, waits in one of the flow's queues for them, or is refused. A request's life is {@link Asker.flowOf},
 * {@link arrive}, then either `dispatched` (at once or later) and {@link finish}, or {@link timeOut}. The caller keeps
 * the time: it calls {@link timeOut} when a request has waited a quarter of its deadline, {@link release} when
 * {@link finish} says so, and {@link divide} every {@link BORROWING_PERIOD_NS} (kubernetes-facts A2).
 */
export class FlowControl {
  readonly levels: readonly LevelState[];
  private readonly directory: FlowDirectory;
  private readonly requests: RequestTable;

  constructor(options: FlowControlOptions, taker: DispatchTaker, nowNs: number) {
    const { serverSeats, schemas = DEFAULT_FLOW_SCHEMAS, levels = DEFAULT_PRIORITY_LEVELS, meters } = options;
    const limits = seatLimits(levels, serverSeats);
    this.requests = new RequestTable();
    this.levels = levels.map(
      (level, i) => new LevelState(i, level, limits[i]!, this.requests, taker, nowNs, meters?.of(level.name)),
    );
    this.directory = new FlowDirectory(schemas, levels);
    this.divide(nowNs);
  }

  /** A user; to be kept, it finds the flows of his requests. */
  asker(user: User): Asker {
    return this.directory.asker(user);
  }

  /** The most seats that one request of the flow may take; 0 = no limit of its level's own. */
  widthLimit(flow: Flow): number {
    return this.levels[flow.levelIndex]!.limits.requestWidth;
  }

  /**
   * A request comes that the caller knows as `tag`. Returns a handle, or {@link REJECTED}. If it may begin the taker has
   * heard so by the time this returns, else it waits.
   */
  arrive(flow: Flow, work: WorkEstimate, tag: number, nowNs: number): number {
    const level = this.levels[flow.levelIndex]!;
    const request = level.queues.arrive(flow.hand, work, tag, nowNs);
    if (request >= 0) return request;
    level.refuse(nowNs);
    return REJECTED;
  }

  isExecuting(request: number): boolean {
    return this.requests.executing[request] === 1;
  }

  /** What a request that was refused just now is told: to come back after so many seconds. */
  retryAfterSeconds(flow: Flow): number {
    return this.levels[flow.levelIndex]!.dropped.retryAfterSeconds;
  }

  /** The request has been answered. Unless 0, it keeps its seats for so long, and {@link release} is to follow then. */
  finish(request: number, nowNs: number): number {
    return this.levelOf(request).queues.finish(request, nowNs);
  }

  /** The request no longer keeps its seats. */
  release(request: number, nowNs: number): void {
    this.levelOf(request).queues.release(request, nowNs);
  }

  /** The request has waited too long and is refused. */
  timeOut(request: number, nowNs: number): void {
    const level = this.levelOf(request);
    level.queues.abandon(request, nowNs);
    level.refuse(nowNs);
  }

  /** Divides the seats among the levels by what they needed since last time. */
  divide(nowNs: number): void {
    for (const { queues } of this.levels) queues.demand.endPeriod(nowNs);
    const seats = divideSeats(this.levels);
    this.levels.forEach(({ queues }, i) => {
      queues.setSeatLimit(seats[i]!, nowNs);
    });
  }

  private levelOf(request: number): LevelState {
    return this.levels[this.requests.level[request]!]!;
  }
}
