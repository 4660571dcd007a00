import type { Expectation } from './config.js';
import type { LiveFigures } from './live-figures.js';
import { TemporalWatch } from './temporal.js';
import type { Timeline } from './timeline.js';

/**
 * Looks at the live figures again and again, between events: the run is the same whether somebody looks or not, but for
 * the steps that a look starts.
 */
export class Observer {
  private readonly figures: LiveFigures;
  private readonly timeline: Timeline;
  private readonly periodNs: number;
  private readonly watches: ReadonlyMap<Expectation, readonly TemporalWatch[]>;

  constructor(figures: LiveFigures, timeline: Timeline, expectations: readonly Expectation[], periodNs: number) {
    this.figures = figures;
    this.timeline = timeline;
    this.periodNs = periodNs;
    this.watches = new Map(
      expectations
        .filter(({ temporals }) => temporals.length > 0)
        .map((expectation) => [expectation, expectation.temporals.map((each) => new TemporalWatch(each))]),
    );
  }

  private get asked(): boolean {
    return this.watches.size > 0 || this.timeline.asks;
  }

  /** When to look next, in time since time zero; Infinity when nobody asks. */
  nextNs(timeNs: number): number {
    if (!this.asked) return Number.POSITIVE_INFINITY;
    return (Math.floor(timeNs / this.periodNs) + 1) * this.periodNs;
  }

  look(timeNs: number): void {
    if (!this.asked) return;
    const figures = this.figures.at(timeNs);
    for (const watch of [...this.watches.values()].flat()) watch.look(figures, timeNs);
    this.timeline.look(figures);
  }

  /** Why each part over time of an expectation was not so, or undefined where it was. */
  end(timeNs: number): ReadonlyMap<Expectation, readonly (string | undefined)[]> {
    return new Map([...this.watches].map(([each, watches]) => [each, watches.map((watch) => watch.end(timeNs))]));
  }
}
