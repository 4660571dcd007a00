import type { Distribution } from './distribution.js';
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
  /** Who drew last, and his stream: most draw many times in a row. */
  private lastDrawer: Drawer | undefined;
  private lastStream: Stream | undefined;

  constructor(streams: Streams, purpose: string) {
    this.streams = streams;
    this.purpose = purpose;
    this.byDrawer = new Map();
    this.lastDrawer = undefined;
    this.lastStream = undefined;
  }

  /** A sample for whom it is; what does not vary needs no stream. */
  draw(distribution: Distribution, drawer: Drawer): number {
    return distribution.isConstant ? distribution.mean : distribution.sample(this.of(drawer));
  }

  of(drawer: Drawer): Stream {
    if (drawer !== this.lastDrawer) {
      this.lastStream = this.find(drawer);
      this.lastDrawer = drawer;
    }
    return this.lastStream!;
  }

  private find(drawer: Drawer): Stream {
    let stream = this.byDrawer.get(drawer);
    if (stream === undefined) {
      stream = this.streams.stream(`${this.purpose}/${drawer.stream}`);
      this.byDrawer.set(drawer, stream);
    }
    return stream;
  }
}
