import type { ApiObject } from '../api/object.js';
import type { Stream } from '../random/stream.js';
import type { WatchTimeouts } from './watch-timeouts.js';

/** How an informer keeps up with its kind. */
export interface InformerOptions<T extends ApiObject> {
  /** Keeps only what matches, as a field or label selector of the watch does. */
  readonly selects?: (object: T) => boolean;
  /** Gets its first state by a LIST; if not, through the watch. */
  readonly listsFirst: boolean;
  /** Processor time to decode and store one change, ns. */
  readonly decodeNs: number;
  /** How long its changes are on the wire. */
  readonly wire: Stream;
  /** When its watches end. */
  readonly timeouts: WatchTimeouts;
  /** Lists so often instead of watching. @default 0, which watches */
  readonly pollNs?: number;
}
