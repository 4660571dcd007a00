import { type AuditClock, type AuditFinding, QueueAudit } from './queue-audit.js';

/** Keeps books on every queue of a model that asks it to: see {@link QueueAudit}. Hand it to the engine. */
export class Audit {
  readonly queues: QueueAudit[];

  constructor() {
    this.queues = [];
  }

  /** Begins to keep books on a queue that is empty; `length` is what the queue itself says. */
  queue(clock: AuditClock, name: string, length: () => number): QueueAudit {
    const audit = new QueueAudit(name, clock, length);
    this.queues.push(audit);
    return audit;
  }

  /** What does not add up by now, queue by queue. */
  verify(): readonly AuditFinding[] {
    return this.queues.flatMap((queue) => queue.verify());
  }
}
