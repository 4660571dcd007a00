import { TokenBucket } from './token-bucket.js';

/** Events of one object and source before the filter closes, and how fast it opens again (trap T4). */
const SPAM_BURST = 25;
const SPAM_QPS = 1 / 300;
/** Similar events within this window are combined from the tenth on. */
const SIMILAR_MAX = 10;
const SIMILAR_WINDOW_NS = 600e9;
/** Objects remembered; the one not heard of for longest is forgotten first. */
const REMEMBERED_MAX = 4096;
/** Stands for the messages of combined events; no event says this. */
const COMBINED = '\n';

/** What has been heard of one object for one reason: nearly always the same message. */
export interface SimilarEvents {
  readonly type: string;
  readonly reason: string;
  /** Of the newest Event that was made of them. */
  name: string;
  readonly message: string;
  count: number;
  lastNs: number;
  /** Once there is another message: those within the window, and how often each was counted. */
  others: { readonly recent: Set<string>; readonly counts: Map<string, number> } | undefined;
  /** Those of the same object for another reason: a list, since an array would have room for many. */
  readonly next: SimilarEvents | undefined;
}

/** What has been heard of one object. */
interface Heard {
  similar: SimilarEvents | undefined;
  readonly bucket: TokenBucket;
}

/** What becomes of an event: nothing, or one more of its like; the first of those when none has been counted before. */
export interface Correlation {
  readonly events: SimilarEvents;
  readonly seen: number;
}

/**
 * client-go's event correlator (tools/record/events_cache.go): similar events of one object (same reason, other
 * messages) are combined from the tenth on, repeated ones counted, and the whole stream of an object throttled.
 */
export class EventCorrelator {
  /** By what identifies an object; the one heard of last is last. */
  private readonly heard: Map<number, Heard>;
  /** Which was heard of last: several events in a row tell of one pod. */
  private last: number;

  constructor() {
    this.heard = new Map();
    this.last = -1;
  }

  /** Undefined if the event is dropped. */
  correlate(object: number, type: string, reason: string, message: string, nowNs: number): Correlation | undefined {
    const heard = this.hear(object);
    const events = similarTo(heard, type, reason, message, nowNs);
    const seen = count(events, message, nowNs);
    return heard.bucket.tryAccept(nowNs) ? { events, seen } : undefined;
  }

  /**
   * Nothing will be heard of an object any more, and it makes room. In client-go it does not: there, what outlives 4,096 others
   * is forgotten.
   */
  forget(object: number): void {
    this.heard.delete(object);
  }

  private hear(object: number): Heard {
    let heard = this.heard.get(object);
    if (heard !== undefined && object === this.last) return heard;
    this.last = object;
    if (heard === undefined) heard = { similar: undefined, bucket: new TokenBucket(SPAM_QPS, SPAM_BURST) };
    else this.heard.delete(object);
    this.heard.set(object, heard);
    if (this.heard.size > REMEMBERED_MAX) this.heard.delete(this.heard.keys().next().value!);
    return heard;
  }
}

function similarTo(heard: Heard, type: string, reason: string, message: string, nowNs: number): SimilarEvents {
  for (let known = heard.similar; known !== undefined; known = known.next)
    if (known.reason === reason && known.type === type) return known;
  const next = heard.similar;
  heard.similar = { type, reason, name: '', message, count: 0, lastNs: nowNs, others: undefined, next };
  return heard.similar;
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
