import type { Kind } from '../api/kind.js';
import type { Engine, EventHandle, EventKind } from '../engine/index.js';
import { FRESHNESS_TIMEOUT_NS, freshness } from './watch-cache-freshness.js';

/** As long as a read waits, etcd is asked so often how far it is (storage/cacher/progress progressRequestPeriod). */
const PROGRESS_PERIOD_NS = 100e6;

/** Whose reads they are. */
export interface ReadOwner {
  /** The cache has come to the revision that the read of a row wants. */
  readable(slot: number): void;
  /** It has not within 3 s. */
  tooNew(slot: number): void;
  /** Asks etcd how far it is; {@link FreshReads.reached} hears of it when the cache has come there. */
  askProgress(kind: Kind): void;
}

/** The reads that wait for the cache of one kind, the oldest first. */
interface Waiting {
  readonly kind: Kind;
  readonly slots: number[];
  readonly revisions: number[];
  readonly sinceNs: number[];
  /** When etcd may be asked again: requests of all reads of a kind share one clock. */
  nextRequestNs: number;
  requestHandle: EventHandle | undefined;
  expiryHandle: EventHandle | undefined;
}

/**
 * Reads at a revision that the watch cache of their kind has not reached. A cache knows only changes of its own kind, so
 * while somebody waits etcd is asked for its progress, at once and then every 100 ms; who has waited 3 s is told that the
 * revision is too large (storage/cacher/watch_cache.go waitUntilFreshAndBlock).
 */
export class FreshReads {
  private readonly engine: Engine;
  private readonly owner: ReadOwner;
  private readonly revisionOf: (kind: Kind) => number;
  /** By kind. */
  private readonly waiting: (Waiting | undefined)[];
  private readonly requestKind: EventKind;
  private readonly expiryKind: EventKind;

  /** `revisionOf` says how far the cache of a kind is. */
  constructor(engine: Engine, owner: ReadOwner, revisionOf: (kind: Kind) => number) {
    this.engine = engine;
    this.owner = owner;
    this.revisionOf = revisionOf;
    this.waiting = [];
    const of = (kind: number): Waiting => this.waiting[kind]!;
    this.requestKind = engine.register('watch cache: progress asked for', (kind) => this.request(of(kind)), 'timer');
    this.expiryKind = engine.register('watch cache: not reached in time', (kind) => this.expire(of(kind)), 'timer');
  }

  /** Calls {@link ReadOwner.readable} as soon as the cache of a kind has come to a revision: at once, or later. */
  wait(kind: Kind, slot: number, revision: number): void {
    if (freshness(revision, this.revisionOf(kind), 0) === 'fresh') {
      this.owner.readable(slot);
      return;
    }
    const { nowNs } = this.engine;
    const waiting = this.of(kind);
    waiting.slots.push(slot);
    waiting.revisions.push(revision);
    waiting.sinceNs.push(nowNs);
    if (waiting.slots.length > 1) return;
    waiting.expiryHandle = this.engine.scheduleAs(true, FRESHNESS_TIMEOUT_NS, this.expiryKind, kind.id);
    if (waiting.nextRequestNs <= nowNs) this.request(waiting);
    else this.requestAfter(waiting, waiting.nextRequestNs - nowNs);
  }

  private of(kind: Kind): Waiting {
    let waiting = this.waiting[kind.id];
    if (waiting === undefined) {
      const timers = { nextRequestNs: 0, requestHandle: undefined, expiryHandle: undefined };
      waiting = { kind, slots: [], revisions: [], sinceNs: [], ...timers };
      this.waiting[kind.id] = waiting;
    }
    return waiting;
  }

  private request(waiting: Waiting): void {
    waiting.requestHandle = undefined;
    waiting.nextRequestNs = this.engine.nowNs + PROGRESS_PERIOD_NS;
    this.owner.askProgress(waiting.kind);
    if (waiting.slots.length > 0) this.requestAfter(waiting, PROGRESS_PERIOD_NS);
  }

  private requestAfter(waiting: Waiting, delayNs: number): void {
    waiting.requestHandle = this.engine.scheduleAs(true, delayNs, this.requestKind, waiting.kind.id);
  }

  /** The cache of a kind has moved on. */
  reached(kind: Kind): void {
    const waiting = this.waiting[kind.id];
    if (waiting === undefined || waiting.slots.length === 0) return;
    const revision = this.revisionOf(kind);
    const served = takeWhere(waiting, (i) => waiting.revisions[i]! <= revision);
    this.settle(waiting);
    for (const slot of served) this.owner.readable(slot);
  }

  private expire(waiting: Waiting): void {
    const { nowNs } = this.engine;
    waiting.expiryHandle = undefined;
    const late = takeWhere(waiting, (i) => nowNs - waiting.sinceNs[i]! >= FRESHNESS_TIMEOUT_NS);
    this.settle(waiting);
    for (const slot of late) this.owner.tooNew(slot);
  }

  /** Sets the timers for those that still wait. */
  private settle(waiting: Waiting): void {
    const { engine } = this;
    if (waiting.slots.length === 0) {
      if (waiting.requestHandle !== undefined) engine.cancel(waiting.requestHandle);
      if (waiting.expiryHandle !== undefined) engine.cancel(waiting.expiryHandle);
      waiting.requestHandle = undefined;
      waiting.expiryHandle = undefined;
      return;
    }
    if (waiting.expiryHandle !== undefined) return;
    const delayNs = waiting.sinceNs[0]! + FRESHNESS_TIMEOUT_NS - engine.nowNs;
    waiting.expiryHandle = engine.scheduleAs(true, Math.max(delayNs, 0), this.expiryKind, waiting.kind.id);
  }

  /** The server is gone: nobody waits any more. Returns the rows that did. */
  clear(): number[] {
    return this.waiting.flatMap((waiting) => {
      if (waiting === undefined) return [];
      const slots = takeWhere(waiting, () => true);
      this.settle(waiting);
      return slots;
    });
  }
}

/** Takes out the reads at some places; returns their rows. */
function takeWhere({ slots, revisions, sinceNs }: Waiting, chosen: (place: number) => boolean): number[] {
  const taken: number[] = [];
  let kept = 0;
  for (let i = 0; i < slots.length; i++) {
    if (chosen(i)) {
      taken.push(slots[i]!);
      continue;
    }
    slots[kept] = slots[i]!;
    revisions[kept] = revisions[i]!;
    sinceNs[kept++] = sinceNs[i]!;
  }
  for (const list of [slots, revisions, sinceNs]) list.length = kept;
  return taken;
}
