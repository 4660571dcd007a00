import type { Agenda } from './agenda.js';
import type { EventKind, Handler } from './kind-table.js';

/** An event that came due meanwhile. */
interface Kept {
  readonly chore: boolean;
  readonly kind: EventKind;
  readonly target: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Whoever registered some kinds of events is stopped: what comes due of them is kept, in its order, and happens when they
 * go on. Until then it is no work that anybody waits for. Costs nothing while nobody is stopped.
 */
export class Suspension {
  private readonly agenda: Agenda;
  private readonly handlers: Handler[];
  private readonly stopped: Map<EventKind, Handler>;
  private readonly kept: Kept[];

  /** `handlers` are those of the agenda, by kind; ranges are from a kind up to another, which is not of them. */
  constructor(agenda: Agenda, handlers: Handler[], ranges: readonly (readonly [from: EventKind, to: EventKind])[]) {
    this.agenda = agenda;
    this.handlers = handlers;
    this.stopped = new Map();
    this.kept = [];
    for (const [from, to] of ranges) for (let kind = from; kind < to; kind++) this.stop(kind);
  }

  /** What was kept happens now. */
  resume(): void {
    this.drop();
    for (const { chore, kind, target, a, b } of this.kept) this.agenda.scheduleAs(chore, 0, kind, target, a, b);
  }

  /** What was kept never happens. */
  drop(): void {
    for (const [kind, handler] of this.stopped) this.handlers[kind] = handler;
  }

  private stop(kind: EventKind): void {
    const { agenda, handlers, kept } = this;
    this.stopped.set(kind, handlers[kind]!);
    handlers[kind] = (target, a, b) => void kept.push({ chore: agenda.inChore, kind, target, a, b });
  }
}
