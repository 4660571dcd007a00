import type { Engine, QueueAudit } from '../../engine/index.js';
import type { QueueSet } from './queue-set.js';

/** The books of one priority level: all its queues together, each for itself, and its seats. */
export class LevelAudit {
  private readonly engine: Engine;
  private readonly name: string;
  private readonly set: QueueSet;
  private readonly waiting: QueueAudit;
  private readonly seats: QueueAudit;
  private readonly queues: (QueueAudit | undefined)[];

  /** The engine must have an audit. */
  constructor(engine: Engine, name: string, set: QueueSet) {
    this.engine = engine;
    this.name = `flow control: ${name}`;
    this.set = set;
    this.waiting = engine.audit!.queue(engine, `${this.name}: requests that wait`, () => set.requestsWaiting);
    this.seats = engine.audit!.queue(engine, `${this.name}: seats`, () => set.seatsInUse);
    this.queues = [];
  }

  queued(queue: number, request: number): void {
    this.waiting.enter(request);
    this.queue(queue).enter(request);
  }

  /** The request no longer waits. */
  left(queue: number, request: number): void {
    this.waiting.leave(request);
    this.queue(queue).leave(request);
  }

  seated(request: number, seats: number): void {
    this.seats.enter(request, seats);
  }

  freed(request: number): void {
    this.seats.leave(request);
  }

  private queue(queue: number): QueueAudit {
    const { engine, name, set, queues } = this;
    queues[queue] ??= engine.audit!.queue(engine, `${name}: queue ${queue}`, () => set.lengthOf(queue));
    return queues[queue];
  }
}
