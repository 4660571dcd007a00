import { emptyOut } from '../api/empty-out.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import type { EventHandle } from '../engine/index.js';

/** One open watch in an API server's cache, with the events that wait to be sent to it. */
export class Watcher {
  sink: WatchSink;
  /** Under which its end is known, and the timer of that. */
  number: number;
  deadline: EventHandle | undefined;
  /** Whether it is sent JSON where others are sent protobuf. */
  readonly asJson: boolean;
  /** What it has seen already, or had sent to it when it began: it hears of later changes only. */
  readonly fromRevision: number;
  /** Events that may wait: one buffer before the watch's filter and one behind it, of the same size. */
  private readonly capacity: number;
  /** How many of those that wait the task under way sends. */
  sending: number;
  private readonly outgoing: WatchEvent[];

  constructor(sink: WatchSink, channelSize: number, asJson = false, fromRevision = 0) {
    this.sink = sink;
    this.fromRevision = fromRevision;
    this.asJson = asJson;
    this.number = -1;
    this.deadline = undefined;
    this.capacity = 2 * channelSize;
    this.sending = 0;
    this.outgoing = [];
  }

  /** Events that wait. */
  get waiting(): number {
    return this.outgoing.length;
  }

  get full(): boolean {
    return this.outgoing.length >= this.capacity;
  }

  /**
   * The change as this watcher must hear of it, `undefined` if it need not. An object that enters a watch's selector
   * is ADDED to it and one that leaves is DELETED from it (cacher/cache_watcher.go convertToWatchEvent).
   */
  translate(event: WatchEvent): WatchEvent | undefined {
    const sink = this.sink;
    const matches = event.type !== 'DELETED' && sink.matches(event.object);
    const matched = event.previous !== undefined && sink.matches(event.previous);
    if (!matches && !matched) return undefined;
    const type = !matches ? 'DELETED' : matched ? 'MODIFIED' : 'ADDED';
    if (type === event.type) return event;
    // Field by field, in the store's order: a spread would make an object of another hidden class.
    const { object, previous, committedNs, cause, chore } = event;
    return { type, object, previous, committedNs, cause, chore };
  }

  /** Queues a translated change. */
  queue(event: WatchEvent): void {
    this.outgoing.push(event);
  }

  /** Sends the first of what waits. */
  flush(count: number): void {
    if (count === 0) return;
    if (count < this.outgoing.length) {
      this.sink.push(this.outgoing.splice(0, count));
      return;
    }
    this.sink.push(this.outgoing);
    emptyOut(this.outgoing);
  }

  /** Says that everything up to a revision has been sent, if it has. */
  bookmark(revision: number): void {
    if (this.outgoing.length === 0) this.sink.bookmark(revision);
  }
}
