/** A value over time, such as a queue length: its mean weighted by how long each value held. Times in nanoseconds. */
export class Gauge {
  value: number;
  max: number;
  private readonly startNs: number;
  private sinceNs: number;
  private integral: number;

  constructor(nowNs = 0, value = 0) {
    this.value = value;
    this.max = value;
    this.startNs = nowNs;
    this.sinceNs = nowNs;
    this.integral = 0;
  }

  set(value: number, nowNs: number): void {
    this.integral += this.value * (nowNs - this.sinceNs);
    this.sinceNs = nowNs;
    this.value = value;
    if (value > this.max) this.max = value;
  }

  add(delta: number, nowNs: number): void {
    this.set(this.value + delta, nowNs);
  }

  /** Value times nanoseconds until now. */
  integralNs(nowNs: number): number {
    return this.integral + this.value * (nowNs - this.sinceNs);
  }

  /** The mean from the start until now; the present value if no time has passed. */
  mean(nowNs: number): number {
    return nowNs === this.startNs ? this.value : this.integralNs(nowNs) / (nowNs - this.startNs);
  }
}
