import type { Stream } from '../random/stream.js';

const MIN_WATCH_TIMEOUT_SECONDS = 300;

/** After how long a reflector asks for the end of its watches: 5 to 10 minutes each (client-go tools/cache/reflector.go). */
export class WatchTimeouts {
  private readonly stream: Stream;

  constructor(stream: Stream) {
    this.stream = stream;
  }

  /** Whole seconds. */
  next(): number {
    return Math.trunc(MIN_WATCH_TIMEOUT_SECONDS + this.stream.uniform() * MIN_WATCH_TIMEOUT_SECONDS);
  }
}
