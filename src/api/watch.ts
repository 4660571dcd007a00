import type { ApiObject } from './object.js';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One change of one object, shared by all its receivers. */
export interface WatchEvent {
  readonly type: WatchEventType;
  /** The version after the change; for DELETED the last one, stamped with the revision of the delete. */
  readonly object: ApiObject;
  /** The version before, for selectors that an object may leave. */
  readonly previous: ApiObject | undefined;
  /** When the store committed it, virtual nanoseconds. */
  readonly committedNs: number;
  /** For a trace: the record of its commit. */
  readonly cause: number;
  /** Whether a periodic chore caused it. */
  readonly chore: boolean;
}

/** Receiving end of a watch, on the far side of the wire. */
export interface WatchSink {
  /** Whether it accepts JSON alone. */
  readonly json?: boolean;
  /** Whether the watch's selector matches a version. */
  matches(object: ApiObject): boolean;
  /** What it comes by, which says after how long its server can write to it again, ns; 0: now, as always without one. */
  readonly connection?: { roomNs(): number };
  /** Events in order, as they leave the API server; the array is the server's, and filled anew afterwards. */
  push(events: readonly WatchEvent[]): void;
  /** Nothing changed, but the watch now is at this revision. */
  bookmark(revision: number): void;
  /** The server closed the watch. */
  closed(): void;
}
