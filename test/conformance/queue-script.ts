import { dealHand } from '../../src/hub/flow-control/hand.js';
import { type DispatchTaker, NO_SEATS, QueueSet } from '../../src/hub/flow-control/queue-set.js';
import { NONE, RequestTable } from '../../src/hub/flow-control/request-table.js';

/** Arrivals at one priority level. */
export interface QueueScript {
  readonly queues: number;
  readonly handSize: number;
  readonly queueLengthLimit: number;
  readonly seatLimit: number;
  readonly arrivals: readonly ScriptedRequest[];
}

interface ScriptedRequest {
  /** Nanoseconds since the start. */
  readonly t: number;
  readonly hash: string;
  readonly initialSeats: number;
  readonly finalSeats: number;
  readonly extraLatencyNs: number;
  readonly durationNs: number;
  /** 0 = for ever. */
  readonly waitLimitNs: number;
}

interface Result {
  queue: number;
  start?: number;
  order?: number;
  reject?: string;
  rejectAt?: number;
}

interface Happening {
  readonly atNs: number;
  readonly run: () => void;
}

/** Plays a script through a queue set, with a clock of its own. */
export class QueueScriptPlayer implements DispatchTaker {
  private readonly script: QueueScript;
  private readonly requests: RequestTable;
  private readonly set: QueueSet;
  private readonly results: Result[];
  private readonly agenda: Happening[];
  private nowNs: number;
  private started: number;

  constructor(script: QueueScript) {
    const { queues, handSize, queueLengthLimit, seatLimit } = script;
    const queuing = queues > 0 ? { queues, handSize, queueLengthLimit } : undefined;
    this.script = script;
    this.requests = new RequestTable();
    this.set = new QueueSet(0, queuing, false, seatLimit, this.requests, this, 0);
    this.results = script.arrivals.map(() => ({ queue: NONE }));
    this.agenda = script.arrivals.map(({ t }, index) => ({ atNs: t, run: () => this.arrive(index) }));
    this.nowNs = 0;
    this.started = 0;
  }

  play(): readonly Result[] {
    while (this.agenda.length > 0) {
      const next = this.agenda.reduce((first, other) => (other.atNs < first.atNs ? other : first));
      this.agenda.splice(this.agenda.indexOf(next), 1);
      this.nowNs = next.atNs;
      next.run();
    }
    return this.results;
  }

  dispatched(index: number, request: number): void {
    const result = this.results[index]!;
    result.start = this.nowNs;
    result.order = this.started++;
    this.after(this.script.arrivals[index]!.durationNs, () => this.finish(request));
  }

  private arrive(index: number): void {
    const { hash, initialSeats, finalSeats, extraLatencyNs, waitLimitNs } = this.script.arrivals[index]!;
    const { queues, handSize } = this.script;
    const hand = queues > 0 ? dealHand(BigInt(hash), queues, handSize) : [];
    const work = { initialSeats, finalSeats, additionalLatencyNs: extraLatencyNs };
    const request = this.set.arrive(hand, work, index, this.nowNs);
    if (request < 0) {
      this.reject(index, request === NO_SEATS ? 'concurrency-limit' : 'queue-full');
      return;
    }
    this.results[index]!.queue = this.requests.queue[request]!;
    if (waitLimitNs > 0) this.after(waitLimitNs, () => this.giveUp(index, request));
  }

  private finish(request: number): void {
    const lingerNs = this.set.finish(request, this.nowNs);
    if (lingerNs > 0) this.after(lingerNs, () => this.set.release(request, this.nowNs));
  }

  private giveUp(index: number, request: number): void {
    if (this.results[index]!.start !== undefined) return;
    this.set.abandon(request, this.nowNs);
    this.reject(index, 'time-out');
  }

  private reject(index: number, reason: string): void {
    const result = this.results[index]!;
    result.reject = reason;
    result.rejectAt = this.nowNs;
  }

  private after(delayNs: number, run: () => void): void {
    this.agenda.push({ atNs: this.nowNs + delayNs, run });
  }
}
