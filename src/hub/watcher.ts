import type { WatchEvent, WatchSink } from '../api/watch.js';

/** One open watch in an API server's cache, with the events that wait to be sent to it. */
export class Watcher {
  readonly sink: WatchSink;
  private outgoing: WatchEvent[];

  constructor(sink: WatchSink) {
    this.sink = sink;
    this.outgoing = [];
  }

  /**
   * Queues a change if the watcher must hear of it, and tells whether. An object that enters a watch's selector
   * is ADDED to it and one that leaves is DELETED from it (cacher/cache_watcher.go convertToWatchEvent).
   */
  offer(event: WatchEvent): boolean {
    const sink = this.sink;
    const matches = event.type !== 'DELETED' && sink.matches(event.object);
    const matched = event.previous !== undefined && sink.matches(event.previous);
    if (!matches && !matched) return false;
    const type = !matches ? 'DELETED' : matched ? 'MODIFIED' : 'ADDED';
    this.outgoing.push(type === event.type ? event : { ...event, type });
    return true;
  }

  /** Sends what waits; the sink keeps the array. */
  flush(): void {
    if (this.outgoing.length === 0) return;
    const events = this.outgoing;
    this.outgoing = [];
    this.sink.push(events);
  }

  /** Says that everything up to a revision has been sent, if it has. */
  bookmark(revision: number): void {
    if (this.outgoing.length === 0) this.sink.bookmark(revision);
  }
}
