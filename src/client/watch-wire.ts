import type { Stream } from '../random/stream.js';
import type { Connection } from './connection.js';
import type { SlowWatch } from './slow-watch.js';

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

  /** How long what is sent now is on its way. */
  send(nowNs: number): number {
    const arrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.stream);
    this.lastArrivalNs = this.slowness === undefined ? arrivalNs : this.slowness.arrivalNs(arrivalNs, nowNs);
    return this.lastArrivalNs - nowNs;
  }

  /** The same for the end of the watch, which comes behind all that was sent. */
  end(nowNs: number): number {
    this.lastArrivalNs = this.connection.arrivalNs(this.lastArrivalNs, this.stream);
    return this.lastArrivalNs - nowNs;
  }
}
