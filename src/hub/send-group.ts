import { emptyOut } from '../api/empty-out.js';
import type { WatchEvent, WatchSink } from '../api/watch.js';
import { assert } from '../engine/index.js';
import { JSON_LENGTH } from './object-bytes.js';
import type { Watcher } from './watcher.js';

/** Watchers fewer than these are not worth another sender. */
const WATCHERS_PER_GROUP = 16;

/**
 * Some of the watchers of one kind that are served by one task at a time, so that on a machine with several cores
 * several tasks serve them all.
 */
export class SendGroup {
  readonly watchers: Watcher[];
  /** How many of them are sent JSON where others are sent protobuf. */
  jsonCount: number;
  /** Whether something that waits is more than a chore. */
  work: boolean;
  /** Whether a task is at it. */
  busy: boolean;
  /** Watchers that the task under way writes to. */
  private readonly serving: Watcher[];
  private waitingTotal: number;
  /** After how long the first of those that no task writes to, for their line is full, has room; 0: there are none. */
  fullNs: number;

  constructor() {
    this.watchers = [];
    this.jsonCount = 0;
    this.work = false;
    this.busy = false;
    this.serving = [];
    this.waitingTotal = 0;
    this.fullNs = 0;
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
    return this.serving.length;
  }

  /** A task begins to send all that waits now and has room on its line; returns how many events that are. */
  begin(): number {
    assert(!this.busy, 'one task at a time sends to a group of watchers');
    this.fullNs = 0;
    let events = 0;
    for (const watcher of this.watchers) {
      const { waiting } = watcher;
      if (waiting === 0) continue;
      const roomNs = watcher.sink.connection?.roomNs() ?? 0;
      if (roomNs > 0) {
        this.fullNs = this.fullNs === 0 ? roomNs : Math.min(this.fullNs, roomNs);
        continue;
      }
      watcher.sending = waiting;
      this.serving.push(watcher);
      events += waiting;
    }
    this.busy = events > 0;
    if (this.fullNs === 0) this.work = false;
    return events;
  }

  /** The task is done: what it was to send leaves. */
  end(): void {
    this.busy = false;
    for (const watcher of this.serving) {
      const { sending } = watcher;
      watcher.sending = 0;
      this.waitingTotal -= sending;
      watcher.flush(sending);
    }
    emptyOut(this.serving);
  }

  add(watcher: Watcher): void {
    this.watchers.push(watcher);
    if (watcher.asJson) this.jsonCount++;
  }

  /** Takes a watch out, and gives it back. */
  remove(watcher: Watcher): Watcher {
    this.watchers.splice(this.watchers.indexOf(watcher), 1);
    if (watcher.asJson) this.jsonCount--;
    watcher.sending = 0;
    this.waitingTotal -= watcher.waiting;
    return watcher;
  }
}

/** Where the next watcher is served; a new group if there are cores for it. */
export function groupWithRoom(groups: SendGroup[], cores: number): SendGroup {
  let smallest = groups[0];
  for (const group of groups) if (group.watchers.length < smallest!.watchers.length) smallest = group;
  const full = smallest === undefined || smallest.watchers.length >= WATCHERS_PER_GROUP;
  if (!full || (smallest !== undefined && groups.length >= cores)) return smallest!;
  const group = new SendGroup();
  groups.push(group);
  return group;
}

/**
 * How often a change is encoded for all watchers of some groups: once in each encoding that one of them wants, however many they
 * are (storage/cacher/cacher.go setCachingObjects); JSON counts as much more as it is longer.
 */
export function encodingsOf(groups: readonly SendGroup[]): number {
  let json = 0;
  let all = 0;
  for (const { watchers, jsonCount } of groups) {
    json += jsonCount;
    all += watchers.length;
  }
  return (all > json ? 1 : 0) + (json > 0 ? JSON_LENGTH : 0);
}
