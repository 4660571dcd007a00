import type { Stream } from './stream.js';
import type { Streams } from './streams.js';

/** Who draws from a stream of its own. */
export interface Drawer {
  /** Names its streams: no other copy and no earlier life has the same. */
  readonly stream: string;
}

/** The streams of one purpose, one for each who draws for it, so that one more of them shifts nobody's draws. */
export class OwnStreams {
  private readonly streams: Streams;
  private readonly purpose: string;
  private readonly byDrawer: Map<Drawer, Stream>;

  constructor(streams: Streams, purpose: string) {
    this.streams = streams;
    this.purpose = purpose;
    this.byDrawer = new Map();
  }

  of(drawer: Drawer): Stream {
    let stream = this.byDrawer.get(drawer);
    if (stream === undefined) {
      stream = this.streams.stream(`${this.purpose}/${drawer.stream}`);
      this.byDrawer.set(drawer, stream);
    }
    return stream;
  }
}
