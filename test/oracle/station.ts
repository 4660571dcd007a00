import { Engine } from '../../src/engine/index.js';
import type { Distribution } from '../../src/random/distribution.js';
import type { Stream } from '../../src/random/stream.js';

/** A queue with `servers` servers, served in order of arrival, simulated with the engine. Times in nanoseconds. */
export interface Station {
  readonly servers: number;
  readonly arrivals: Distribution;
  readonly services: Distribution;
  readonly arrivalStream: Stream;
  readonly serviceStream: Stream;
}

/** How long each of the first `count` customers waited for a server. */
export function waitsOf(station: Station, count: number): Float64Array {
  const engine = new Engine();
  const arrivedAt = new Float64Array(count);
  const waits = new Float64Array(count);
  let arrived = 0;
  let started = 0;
  let idle = station.servers;
  const serve = (): void => {
    idle--;
    waits[started] = engine.nowNs - arrivedAt[started]!;
    started++;
    engine.schedule(station.services.sample(station.serviceStream), departure);
  };
  const arrival = engine.register('arrival', () => {
    arrivedAt[arrived++] = engine.nowNs;
    if (idle > 0) serve();
    if (arrived < count) engine.schedule(station.arrivals.sample(station.arrivalStream), arrival);
  });
  const departure = engine.register('departure', () => {
    idle++;
    if (started < arrived) serve();
  });
  engine.schedule(station.arrivals.sample(station.arrivalStream), arrival);
  engine.run();
  return waits;
}
