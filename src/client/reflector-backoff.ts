import type { Stream } from '../random/stream.js';

const INITIAL_NS = 0.8e9;
const MAX_NS = 30e9;
const FACTOR = 2;
const JITTER = 1;
/** The backoff starts anew this long after its first step, even while calls go on failing. */
const RESET_NS = 120e9;

/** How long a reflector waits before it lists or watches again (client-go tools/cache/reflector.go). */
export class ReflectorBackoff {
  private readonly stream: Stream;
  private stepNs: number;
  private startedNs: number;

  constructor(stream: Stream) {
    this.stream = stream;
    this.stepNs = INITIAL_NS;
    this.startedNs = Number.NEGATIVE_INFINITY;
  }

  /** Delay before the next try: 0.8 s doubling to 30 s, each stretched by up to 100 %. */
  nextNs(nowNs: number): number {
    const delayNs = this.nextWithoutJitterNs(nowNs);
    return Math.round(delayNs * (1 + JITTER * this.stream.uniform()));
  }

  private nextWithoutJitterNs(nowNs: number): number {
    if (nowNs - this.startedNs > RESET_NS) {
      this.stepNs = INITIAL_NS;
      this.startedNs = nowNs;
    }
    const delayNs = this.stepNs;
    this.stepNs = Math.min(this.stepNs * FACTOR, MAX_NS);
    return delayNs;
  }
}
