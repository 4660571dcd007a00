import type { ApiObject } from '../api/object.js';
import type { WatchSink } from '../api/watch.js';

/** A watch whose client is gone: the server goes on sending, and nobody hears. */
export class UnheardSink implements WatchSink {
  private readonly sink: WatchSink;

  constructor(sink: WatchSink) {
    this.sink = sink;
  }

  matches(object: ApiObject): boolean {
    return this.sink.matches(object);
  }

  push(): void {}

  bookmark(): void {}

  closed(): void {}
}
