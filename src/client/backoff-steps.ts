/** A delay that grows by a factor a step (apimachinery util/wait Backoff, without its jitter). */
export interface BackoffParameters {
  readonly durationNs: number;
  /** 0 = the delay stays. */
  readonly factor: number;
  /** How often the delay may grow. */
  readonly steps: number;
  /** The delay never grows beyond it, and on reaching it stops growing; 0 = no cap. A first delay above it stays. */
  readonly capNs: number;
}

/** Successive delays of a backoff (apimachinery util/wait/backoff.go). */
export class BackoffSteps {
  private readonly factor: number;
  private readonly capNs: number;
  private durationNs: number;
  private steps: number;

  constructor({ durationNs, factor, steps, capNs }: BackoffParameters) {
    this.factor = factor;
    this.capNs = capNs;
    this.durationNs = durationNs;
    this.steps = steps;
  }

  /** How often the delay may still grow. */
  get stepsLeft(): number {
    return this.steps;
  }

  nextNs(): number {
    const delayNs = this.durationNs;
    if (this.steps > 0) this.grow();
    return delayNs;
  }

  private grow(): void {
    this.steps--;
    if (this.factor === 0) return;
    const grownNs = Math.trunc(this.durationNs * this.factor);
    const capped = this.capNs > 0 && grownNs > this.capNs;
    this.durationNs = capped ? this.capNs : grownNs;
    if (capped) this.steps = 0;
  }
}
