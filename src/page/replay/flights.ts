import { BINDING, type Particles, REQUEST, WATCH } from './particles.js';
import type { Spoke, WheelLayout } from './wheel-layout.js';
import type { WheelState } from './wheel-state.js';

/** Dots a second on one spoke at most: more could not be told apart. */
const MOST_A_SECOND = 45;
const BINDINGS_A_FRAME = 12;
/** A number of irrational part spreads the dots of the rim evenly. */
const SPREAD = 0.618033988749895;

/** Lets dots fly along the spokes, as many as there were requests and watch events, or a fair share of them. */
export class Flights {
  private readonly layout: WheelLayout;
  private readonly owed: Float64Array;
  private turn: number;

  constructor(layout: WheelLayout) {
    this.layout = layout;
    this.owed = new Float64Array(2 * layout.spokes.length);
    this.turn = 0;
  }

  /** `passed` real seconds went by at `speed`. */
  launch(particles: Particles, state: WheelState, sample: number, passed: number, speed: number): void {
    this.layout.spokes.forEach((spoke, at) => {
      this.along(particles, spoke, 2 * at, (spoke.requests[sample] ?? 0) * speed, passed, REQUEST);
      this.along(particles, spoke, 2 * at + 1, (spoke.watchEvents[sample] ?? 0) * speed, passed, WATCH);
    });
    for (const node of state.takeBound(BINDINGS_A_FRAME)) {
      const [x, y] = this.middleOf(node);
      particles.fly(BINDING, 0, 0, x, y, 0);
    }
  }

  private along(particles: Particles, spoke: Spoke, owed: number, rate: number, passed: number, sort: number): void {
    const most = spoke.rim ? 3 * MOST_A_SECOND : MOST_A_SECOND;
    this.owed[owed]! += passed * (rate <= 8 ? rate : Math.min(most, 8 + Math.sqrt(rate - 8)));
    for (; this.owed[owed]! >= 1; this.owed[owed]!--) {
      const [x, y] = spoke.rim ? this.anyNode() : [spoke.x, spoke.y];
      const late = (this.turn % 1) * 0.03;
      if (sort === REQUEST) particles.fly(sort, x, y, 0, 0, late);
      else particles.fly(sort, 0, 0, x, y, late);
    }
  }

  private anyNode(): readonly [number, number] {
    this.turn += SPREAD;
    const { cells } = this.layout;
    return cells.length === 0 ? [0.8, 0] : this.middleOf(Math.floor((this.turn % 1) * cells.length));
  }

  private middleOf(node: number): readonly [number, number] {
    const { from, to, inner, outer } = this.layout.cells[node]!;
    const [angle, radius] = [(from + to) / 2, (inner + outer) / 2];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }
}
