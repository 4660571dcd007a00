import type { WatchEvent, WatchSink } from '../api/watch.js';
import { assert } from '../engine/index.js';
import type { Watcher } from './watcher.js';

/**
 * Some of the watchers of one kind that are served by one task at a time, so that on a machine with several cores
 * several tasks serve them all.
 */
export class SendGroup {
  readonly watchers: Watcher[];
  /** Whether something that waits is more than a chore. */
  work: boolean;
  /** Whether a task is at it. */
  busy: boolean;
  /** Events that the task under way sends, by watcher. */
  private readonly counts: Map<Watcher, number>;
  private waitingTotal: number;

  constructor() {
    this.watchers = [];
    this.work = false;
    this.busy = false;
    this.counts = new Map();
    this.waitingTotal = 0;
  }

  /** The watch of a sink, if it is one of these. */
  watcherOf(sink: WatchSink): Watcher | undefined {
    return this.watchers.find((watcher) => watcher.sink === sink);
  }

  /** Nobody hears a watch from now on; false if it is not of these. */
  mute(sink: WatchSink, unheard: WatchSink): boolean {
    const watcher = this.watcherOf(sink);
    if (watcher !== undefined) watcher.sink = unheard;
    return watcher !== undefined;
  }

  /** Events that wait to be sent. */
  get waiting(): number {
    return this.waitingTotal;
  }

  noteQueued(event: WatchEvent): void {
    this.waitingTotal++;
    if (!event.chore) this.work = true;
  }

  /** Watchers that the task under way writes to. */
  get served(): number {
    return this.counts.size;
  }

  /** A task begins to send all that waits now; returns how many events that are. */
  begin(): number {
    assert(!this.busy, 'one task at a time sends to a group of watchers');
    this.busy = true;
    this.work = false;
    let events = 0;
    for (const watcher of this.watchers) {
      const { waiting } = watcher;
      if (waiting === 0) continue;
      this.counts.set(watcher, waiting);
      events += waiting;
    }
    return events;
  }

  /** The task is done: what it was to send leaves. */
  end(): void {
    this.busy = false;
    for (const [watcher, count] of this.counts) {
      this.waitingTotal -= count;
      watcher.flush(count);
    }
    this.counts.clear();
  }

  /** Takes a watch out, and gives it back. */
  remove(watcher: Watcher): Watcher {
    this.watchers.splice(this.watchers.indexOf(watcher), 1);
    this.counts.delete(watcher);
    this.waitingTotal -= watcher.waiting;
    return watcher;
  }
}
