import { ZERO } from '../../engine/zero.js';

/** How slowly a demand that has fallen is forgotten: half of it in five minutes (apf_controller.go). */
const SMOOTHING = 0.977;

/**
 * The seats a priority level has in use and waiting for, watched over time. Every borrowing period ends with the
 * average, the standard deviation and the maximum, and a smoothed figure that rises at once and falls slowly
 * (fairqueuing/integrator.go; apf_controller.go seatDemandStats).
 */
export class SeatDemand {
  average: number;
  deviation: number;
  highWatermark: number;
  smoothed: number;
  private seats: number;
  private greatest: number;
  private lastNs: number;
  /** Integrals over the period of 1, of the seats and of their square. */
  private seconds: number;
  private integral: number;
  private integralOfSquare: number;

  constructor(nowNs: number) {
    this.average = ZERO;
    this.deviation = ZERO;
    this.highWatermark = 0;
    this.smoothed = ZERO;
    this.seats = 0;
    this.greatest = 0;
    this.lastNs = nowNs;
    this.seconds = ZERO;
    this.integral = ZERO;
    this.integralOfSquare = ZERO;
  }

  set(seats: number, nowNs: number): void {
    if (nowNs !== this.lastNs) this.integrate(nowNs);
    this.seats = seats;
    if (seats > this.greatest) this.greatest = seats;
  }

  /** Sums the period up and begins the next. */
  endPeriod(nowNs: number): void {
    this.integrate(nowNs);
    this.highWatermark = this.greatest;
    if (this.seconds > 0) this.summarise();
    this.greatest = this.seats;
    this.seconds = 0;
    this.integral = 0;
    this.integralOfSquare = 0;
  }

  private integrate(nowNs: number): void {
    const elapsedNs = nowNs - this.lastNs;
    // As Go's Duration.Seconds() rounds: a deviation of nothing is the root of what rounding leaves. The remainder of a division
    // of such numbers is slow, and hardly ever is there more than a second to divide.
    const seconds = elapsedNs < 1e9 ? elapsedNs / 1e9 : Math.floor(elapsedNs / 1e9) + (elapsedNs % 1e9) / 1e9;
    this.lastNs = nowNs;
    this.seconds += seconds;
    this.integral += this.seats * seconds;
    this.integralOfSquare += this.seats * this.seats * seconds;
  }

  private summarise(): void {
    const average = this.integral / this.seconds;
    const variance = this.integralOfSquare / this.seconds - average * average;
    this.average = average;
    this.deviation = Math.sqrt(Math.max(0, variance));
    const envelope = average + this.deviation;
    this.smoothed = Math.max(envelope, SMOOTHING * this.smoothed + (1 - SMOOTHING) * envelope);
  }
}
