import type { Kind } from '../../api/kind.js';
import type { WatchEvent } from '../../api/watch.js';

/** What an API server hears from etcd, by the rows of its calls. */
export interface EtcdUser {
  changed(event: WatchEvent): void;
  /** A proposal takes effect; false if it is not to be answered: it has more to write, or nobody waits. */
  committed(slot: number): boolean;
  /** The answer to a committed proposal is there. */
  applied(slot: number): void;
  rangeRead(slot: number): void;
  unanswered(slot: number): void;
  /** The watch of a kind hears that all its changes up to a revision have been sent. */
  progressed(kind: Kind, revision: number): void;
  /** No answer will come, though the proposal may still be committed. */
  doubted(slot: number): void;
}

/** What an API server asks of etcd. */
export interface EtcdDoor {
  /** Whether answers and changes are on their way for some time. */
  readonly distant: boolean;
  /** Of the newest change that it has told of. */
  readonly heardRevision: number;
  propose(slot: number): void;
  range(slot: number): void;
  /** Asks how far the watch of a kind is (RequestWatchProgress); without an answer where nobody hears it. */
  progress(kind: Kind): void;
  /** A LIST that takes several ranges, of so many objects and bytes in all. */
  list(slot: number, ranges: number, objects: number, bytes: number): void;
}
