import type { Engine, EventKind } from '../engine/index.js';

/** What has begun and passes again, each after its time: a run goes on until all of it has. */
export class Passing<T> {
  /** How many ends are still to come. */
  ahead: number;
  private readonly engine: Engine;
  private readonly kind: EventKind;
  /** By the number its event carries. */
  private readonly begun: T[];

  /** `name` is that of the event, `end` ends one. */
  constructor(engine: Engine, name: string, end: (begun: T) => void) {
    this.ahead = 0;
    this.engine = engine;
    this.begun = [];
    this.kind = engine.register(
      name,
      (number) => {
        this.ahead--;
        engine.become(false);
        end(this.begun[number]!);
      },
      'timer',
    );
  }

  /** Ends what has begun after so long; -1: never. */
  after(forNs: number, begun: T): void {
    if (forNs < 0) return;
    this.ahead++;
    // A chore until its time has come: convergence does not wait for it.
    this.engine.scheduleAs(true, forNs, this.kind, this.begun.push(begun) - 1);
  }
}
