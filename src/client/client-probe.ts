import type { Kind } from '../api/kind.js';
import type { WatchEvent } from '../api/watch.js';
import type { QueueMeter } from './queue-meter.js';

/** Hears of what one program's watch, or cache, of a kind receives. */
export interface ReceiverProbe {
  /** A change has come, into the cache if there is one. */
  delivered(event: WatchEvent, nowNs: number): void;
  /** The whole state has been read; `staleNs` is how long what it changed had not been known, at most: 0 if nothing. */
  listed(staleNs: number, nowNs: number): void;
}

/** What the measuring room may see of the clients; it touches nothing. */
export interface ClientProbe {
  /** Who counts what goes through the work queues of a name. */
  queueMeter?(name: string): QueueMeter;
  /** A program of that name begins to watch a kind: to keep a `cache` of it, or only to listen. */
  receiver(program: string, kind: Kind, cache: boolean): ReceiverProbe;
}
