import type { Engine, EventKind } from '../engine/index.js';
import type { Outage } from './outage.js';

/** The events of all outages, by their numbers: no program owns them, so that they outlive it. */
export class OutageTimers {
  readonly engine: Engine;
  readonly lostKind: EventKind;
  readonly throughKind: EventKind;
  readonly timedOutKind: EventKind;
  readonly gaveUpKind: EventKind;
  private readonly outages: Outage[];

  constructor(engine: Engine) {
    const of = (number: number): Outage => this.outages[number]!;
    this.engine = engine;
    this.outages = [];
    this.lostKind = engine.register('link: no answer to a ping', (number) => of(number).lost(), 'timer');
    this.throughKind = engine.register('link: packets get through', (number) => of(number).through(), 'wire');
    this.timedOutKind = engine.register(
      'link: call timed out',
      (number, ticket) => of(number).timedOut(ticket),
      'timer',
    );
    this.gaveUpKind = engine.register('link: server gives up', (number) => of(number).forgotten(), 'timer');
  }

  /** Number of a new one. */
  add(outage: Outage): number {
    return this.outages.push(outage) - 1;
  }
}
