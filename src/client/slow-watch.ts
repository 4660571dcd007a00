import type { Distribution } from '../random/distribution.js';
import type { Stream } from '../random/stream.js';

/** A watch whose changes take longer on their way, for a while; their order stays. */
export class SlowWatch {
  private readonly delay: Distribution;
  private readonly stream: Stream;
  private readonly untilNs: number;

  constructor(delay: Distribution, stream: Stream, untilNs: number) {
    this.delay = delay;
    this.stream = stream;
    this.untilNs = untilNs;
  }

  /** When something arrives that leaves now and would otherwise arrive at `arrivalNs`. */
  arrivalNs(arrivalNs: number, nowNs: number): number {
    return nowNs < this.untilNs ? Math.max(arrivalNs, nowNs + this.delay.sample(this.stream)) : arrivalNs;
  }
}
