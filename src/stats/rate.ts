/** Steps the window slides by, per window: the peak is exact for windows that start on a step. */
const STEPS = 20;
const SECOND_NS = 1_000_000_000;

/** How often something happens: the mean, and the peak over a sliding window. Rates are per second, times in nanoseconds. */
export class Rate {
  count: number;
  private readonly startNs: number;
  private readonly windowNs: number;
  private readonly stepNs: number;
  /** Whole numbers, as V8 takes their sum for one from the start. */
  private readonly steps: Int32Array;
  private step: number;
  private inWindow: number;
  private mostInWindow: number;

  constructor(startNs = 0, windowNs: number = SECOND_NS) {
    this.count = 0;
    this.startNs = startNs;
    this.windowNs = windowNs;
    this.stepNs = windowNs / STEPS;
    this.steps = new Int32Array(STEPS);
    this.step = 0;
    this.inWindow = 0;
    this.mostInWindow = 0;
  }

  /** Counts `count` happenings at `nowNs`, which is not before the last call's. */
  add(nowNs: number, count = 1): void {
    const step = Math.floor((nowNs - this.startNs) / this.stepNs);
    if (step !== this.step) this.slide(step);
    this.count += count;
    this.steps[step % STEPS]! += count;
    this.inWindow += count;
    if (this.inWindow > this.mostInWindow) this.mostInWindow = this.inWindow;
  }

  /** Happenings per second from the start until now; 0 if no time has passed. */
  mean(nowNs: number): number {
    return nowNs === this.startNs ? 0 : (this.count * SECOND_NS) / (nowNs - this.startNs);
  }

  /** The most happenings in any window, per second. */
  get peak(): number {
    return (this.mostInWindow * SECOND_NS) / this.windowNs;
  }

  private slide(step: number): void {
    if (step - this.step >= STEPS) {
      this.steps.fill(0);
      this.inWindow = 0;
    }
    for (let leaving = this.step + 1; leaving <= step && step - this.step < STEPS; leaving++) {
      this.inWindow -= this.steps[leaving % STEPS]!;
      this.steps[leaving % STEPS] = 0;
    }
    this.step = step;
  }
}
