import type { Stream } from '../random/stream.js';
import { type BackoffParameters, BackoffSteps } from './backoff-steps.js';

const BACKOFF: BackoffParameters = { durationNs: 0.8e9, factor: 2, steps: 38, capNs: 30e9 };
const JITTER = 1;
/** The backoff starts anew this long after it last did, even while calls go on failing. */
const RESET_NS = 120e9;

/** How long a reflector waits before it lists or watches again (client-go tools/cache/reflector.go). */
export class ReflectorBackoff {
  private readonly stream: Stream;
  private steps: BackoffSteps;
  private startedNs: number;

  constructor(stream: Stream, nowNs = 0) {
    this.stream = stream;
    this.steps = new BackoffSteps(BACKOFF);
    this.startedNs = nowNs;
  }

  /** Delay before the next try: 0.8 s doubling to 30 s, each stretched by up to 100 %. */
  nextNs(nowNs: number): number {
    if (nowNs - this.startedNs > RESET_NS) {
      this.steps = new BackoffSteps(BACKOFF);
      this.startedNs = nowNs;
    }
    const delayNs = this.steps.nextNs();
    return delayNs + Math.trunc(JITTER * this.stream.uniform() * delayNs);
  }
}
