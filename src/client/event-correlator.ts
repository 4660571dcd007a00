import { ANY_NUMBER, keepFirst } from '../api/any-number.js';
import { Bucket } from './token-bucket.js';

/** Events of one object and source before the filter closes, and how fast it opens again (trap T4). */
const SPAM_BURST = 25;
const SPAM_QPS: number = Math.fround(1 / 300);
/** Similar events within this window are combined from the tenth on. */
const SIMILAR_MAX = 10;
const SIMILAR_WINDOW_NS = 600e9;
/** Objects remembered; the one not heard of for longest is forgotten first. */
const REMEMBERED_MAX = 4096;
/** Stands for the messages of combined events; no event says this. */
const COMBINED = '\n';

/** What has been heard of one object for one reason, nearly always the same message; before, an event that has been recorded. */
export class SimilarEvents {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** Number of the newest Event that was made of them. */
  sequence: number;
  count: number;
  lastNs: number;
  /** Once there is another message: those within the window, and how often each was counted. */
  others: { readonly recent: Set<string>; readonly counts: Map<string, number> } | undefined;
  /** Those of the same object for another reason: a list, since an array would have room for many. */
  next: SimilarEvents | undefined;

  static {
    const first = new SimilarEvents('', '', '');
    first.lastNs = ANY_NUMBER;
    keepFirst(first);
  }

  constructor(type: string, reason: string, message: string) {
    this.type = type;
    this.reason = reason;
    this.message = message;
    this.sequence = 0;
    this.count = 0;
    this.lastNs = -1;
    this.others = undefined;
    this.next = undefined;
  }
}

/** What has been heard of one object, and how much more may be; in a list of all, by when they were heard of last. */
class Heard extends Bucket {
  readonly object: number;
  similar: SimilarEvents | undefined;
  older: Heard | undefined;
  newer: Heard | undefined;

  static {
    const first = new Heard(0);
    first.tokens = ANY_NUMBER;
    first.lastNs = ANY_NUMBER;
    keepFirst(first);
  }

  constructor(object: number) {
    super(SPAM_BURST);
    this.object = object;
    this.similar = undefined;
    this.older = undefined;
    this.newer = undefined;
  }

  protected override get limit(): number {
    return SPAM_QPS;
  }

  protected override get burst(): number {
    return SPAM_BURST;
  }
}

/**
 * client-go's event correlator (tools/record/events_cache.go): similar events of one object (same reason, other
 * messages) are combined from the tenth on, repeated ones counted, and the whole stream of an object throttled.
 */
export class EventCorrelator {
  /** By what identifies an object. */
  private readonly heard: Map<number, Heard>;
  private newest: Heard | undefined;
  private oldest: Heard | undefined;
  /** How often its like had been counted before the last event: 0 for the first, -1 if it was dropped. */
  seen: number;

  constructor() {
    this.heard = new Map();
    this.newest = undefined;
    this.oldest = undefined;
    this.seen = 0;
  }

  /** Counts a recorded event among its like, which it may be the first of, and returns them; `seen` says how often they were. */
  correlate(object: number, event: SimilarEvents, nowNs: number): SimilarEvents {
    const heard = this.hear(object);
    const events = similarTo(heard, event, nowNs);
    const seen = count(events, event.message, nowNs);
    this.seen = heard.tryAccept(nowNs) ? seen : -1;
    return events;
  }

  /**
   * Nothing will be heard of an object any more, and it makes room. In client-go it does not: there, what outlives 4,096 others
   * is forgotten.
   */
  forget(object: number): void {
    const heard = this.heard.get(object);
    if (heard === undefined) return;
    this.unlink(heard);
    this.heard.delete(object);
  }

  /** Several events in a row tell of one pod: then it is the newest already. */
  private hear(object: number): Heard {
    if (this.newest?.object === object) return this.newest;
    let heard = this.heard.get(object);
    if (heard === undefined) {
      heard = new Heard(object);
      this.heard.set(object, heard);
    } else this.unlink(heard);
    this.link(heard);
    if (this.heard.size > REMEMBERED_MAX) this.forget(this.oldest!.object);
    return heard;
  }

  private link(heard: Heard): void {
    heard.older = this.newest;
    if (this.newest === undefined) this.oldest = heard;
    else this.newest.newer = heard;
    this.newest = heard;
  }

  private unlink(heard: Heard): void {
    const { older, newer } = heard;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    heard.older = undefined;
    heard.newer = undefined;
  }
}

function similarTo(heard: Heard, event: SimilarEvents, nowNs: number): SimilarEvents {
  const { type, reason } = event;
  for (let known = heard.similar; known !== undefined; known = known.next)
    if (known.reason === reason && known.type === type) return known;
  event.lastNs = nowNs;
  event.next = heard.similar;
  heard.similar = event;
  return event;
}

/** How often its like was counted before: events with its message, or the combined ones. */
function count(events: SimilarEvents, message: string, nowNs: number): number {
  const expired = nowNs - events.lastNs > SIMILAR_WINDOW_NS;
  events.lastNs = nowNs;
  if (events.others === undefined && message === events.message) return events.count++;
  events.others ??= { recent: new Set([events.message]), counts: new Map([[events.message, events.count]]) };
  const { recent, counts } = events.others;
  if (expired) recent.clear();
  recent.add(message);
  const combined = recent.size >= SIMILAR_MAX;
  // As the original pops any one: the set stays just below the limit, so that the next message reaches it again.
  if (combined) recent.delete(recent.values().next().value!);
  const counted = combined ? COMBINED : message;
  const seen = counts.get(counted) ?? 0;
  counts.set(counted, seen + 1);
  return seen;
}
