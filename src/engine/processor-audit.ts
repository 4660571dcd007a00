import type { Engine } from './engine.js';
import type { QueueAudit } from './queue-audit.js';
import type { TaskRing } from './task-ring.js';

/** What a processor says of itself. */
interface Audited {
  readonly queueLength: number;
  readonly busyCores: number;
}

/** The books of a processor: its tasks that wait, in the order of each ring, and its cores. */
export class ProcessorAudit {
  private readonly waiting: QueueAudit;
  private readonly cores: QueueAudit;
  private readonly tickets: Map<TaskRing, number[]>;
  private lastTicket: number;

  /** The engine must have an audit. */
  constructor(engine: Engine, name: string, processor: Audited) {
    this.waiting = engine.audit!.queue(engine, `${name}: tasks that wait for a core`, () => processor.queueLength);
    this.cores = engine.audit!.queue(engine, `${name}: cores`, () => processor.busyCores);
    this.tickets = new Map();
    this.lastTicket = 0;
  }

  /** A core is about to be taken or given back. */
  look(): void {
    this.cores.look();
  }

  queued(ring: TaskRing): void {
    const ticket = ++this.lastTicket;
    const tickets = this.tickets.get(ring);
    if (tickets === undefined) this.tickets.set(ring, [ticket]);
    else tickets.push(ticket);
    this.waiting.enter(ticket);
  }

  /** The first task of a ring no longer waits. */
  taken(ring: TaskRing): void {
    this.waiting.leave(this.tickets.get(ring)!.shift()!);
  }

  began(core: number): void {
    this.cores.enter(core);
  }

  ended(core: number): void {
    this.cores.leave(core);
  }
}
