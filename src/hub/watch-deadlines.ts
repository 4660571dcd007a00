import type { Kind } from '../api/kind.js';
import type { Engine, EventKind } from '../engine/index.js';
import type { Stream } from '../random/stream.js';
import type { Watcher } from './watcher.js';

/** `--min-request-timeout`: a watch whose client asks for no end has one after so long and up to twice (handlers/get.go). */
const MIN_REQUEST_TIMEOUT_NS = 1800e9;
/** A watch hears how far its cache has come so long before it ends (storage/cacher/cache_watcher.go nextBookmarkTime). */
const LAST_BOOKMARK_NS = 2e9;

/** Who is told of watches whose time is over. */
export interface DeadlineOwner {
  /** A watch is about to end. */
  lastBookmark(kind: Kind, watcher: Watcher): void;
  /** Its time is over. */
  expired(kind: Kind, watcher: Watcher): void;
}

/** The ends of the watches of one API server: one timer each. */
export class WatchDeadlines {
  private readonly engine: Engine;
  private readonly stream: Stream;
  private readonly owner: DeadlineOwner;
  private readonly dueKind: EventKind;
  /** By the number that the timer carries. */
  private readonly open: Map<number, readonly [kind: Kind, watcher: Watcher]>;
  private numbers: number;

  constructor(engine: Engine, stream: Stream, owner: DeadlineOwner) {
    this.engine = engine;
    this.stream = stream;
    this.owner = owner;
    this.dueKind = engine.register('watch cache: watch ends', (number, last) => this.due(number, last === 1), 'timer');
    this.open = new Map();
    this.numbers = 0;
  }

  /** A watch has begun that is to end after so many seconds, or, 0, when the server likes. */
  begin(kind: Kind, watcher: Watcher, timeoutSeconds: number): void {
    const timeoutNs =
      timeoutSeconds > 0
        ? timeoutSeconds * 1e9
        : MIN_REQUEST_TIMEOUT_NS + Math.trunc(MIN_REQUEST_TIMEOUT_NS * this.stream.uniform());
    const number = this.numbers++;
    this.open.set(number, [kind, watcher]);
    watcher.number = number;
    this.arm(watcher, Math.max(timeoutNs - LAST_BOOKMARK_NS, 0), 0);
  }

  /** A watch has ended before its time. */
  end({ number, deadline }: Watcher): void {
    this.open.delete(number);
    if (deadline !== undefined) this.engine.cancel(deadline);
  }

  private arm(watcher: Watcher, delayNs: number, last: number): void {
    watcher.deadline = this.engine.scheduleAs(true, delayNs, this.dueKind, watcher.number, last);
  }

  private due(number: number, last: boolean): void {
    const [kind, watcher] = this.open.get(number)!;
    if (!last) {
      this.arm(watcher, LAST_BOOKMARK_NS, 1);
      this.owner.lastBookmark(kind, watcher);
      return;
    }
    this.open.delete(number);
    watcher.deadline = undefined;
    this.owner.expired(kind, watcher);
  }
}
