import type { WatchEvent } from '../api/watch.js';

/** What the measuring room may see of the clients; it touches nothing. */
export interface ClientProbe {
  /** A change has reached a process's cache. */
  watchDelivered(event: WatchEvent, nowNs: number): void;
}
