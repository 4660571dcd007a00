import type { WatchEvent } from '../api/watch.js';
import type { Stream } from '../random/stream.js';
import type { Connection } from './connection.js';
import type { SlowWatch } from './slow-watch.js';

const NONE: readonly WatchEvent[] = [];

/** The stream that the changes of one watch travel by, in order. */
export class WatchWire {
  /** When the last of what has been sent arrives. */
  lastArrivalNs: number;
  /** Makes changes take longer on their way. */
  slowness: SlowWatch | undefined;
  private readonly connection: Connection;
  private readonly stream: Stream;

  constructor(connection: Connection, stream: Stream) {
    this.lastArrivalNs = 0;
    this.slowness = undefined;
    this.connection = connection;
    this.stream = stream;
  }

  /** Nothing arrives before that moment; what waits then comes at once. */
  delay(untilNs: number): void {
    this.lastArrivalNs = Math.max(this.lastArrivalNs, untilNs);
  }

  /** How long changes that are sent now are on their way. */
  send(changes: readonly WatchEvent[], nowNs: number): number {
    const arrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.stream, changes);
    this.lastArrivalNs = this.slowness === undefined ? arrivalNs : this.slowness.arrivalNs(arrivalNs, nowNs);
    return this.lastArrivalNs - nowNs;
  }

  /** The same for the end of the watch, which comes behind all that was sent. */
  end(nowNs: number): number {
    this.lastArrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.stream, NONE);
    return this.lastArrivalNs - nowNs;
  }
}
