import type { WatchEvent } from '../api/watch.js';

/** What the measuring room may see of the clients; it touches nothing. */
export interface ClientProbe {
  /** A change has reached the cache of a process of this name. */
  watchDelivered(event: WatchEvent, nowNs: number, receiver: string): void;
}
