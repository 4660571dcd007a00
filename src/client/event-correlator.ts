import { TokenBucket } from './token-bucket.js';

/** Events of one object and source before the filter closes, and how fast it opens again (trap T4). */
const SPAM_BURST = 25;
const SPAM_QPS = 1 / 300;
/** Similar events within this window are combined from the tenth on. */
const SIMILAR_MAX = 10;
const SIMILAR_WINDOW_NS = 600e9;
/** Objects remembered; the one not heard of for longest is forgotten first. */
const REMEMBERED_MAX = 4096;

/** What becomes of an event: a new one, one more of a known one, or nothing. */
export type Correlation = 'create' | 'patch' | 'drop';

/**
 * client-go's event correlator (tools/record/events_cache.go): similar events of one object (same reason, other
 * messages) are combined from the tenth on, repeated ones counted, and the whole stream of an object throttled.
 */
export class EventCorrelator {
  private readonly similar: Map<string, { messages: Set<string>; lastNs: number }>;
  private readonly counts: Map<string, number>;
  private readonly spam: Map<string, TokenBucket>;

  constructor() {
    this.similar = new Map();
    this.counts = new Map();
    this.spam = new Map();
  }

  /** `object` identifies what the event is about, `reason` its type and reason. */
  correlate(object: string, reason: string, message: string, nowNs: number): Correlation {
    const seen = this.count(this.aggregate(object, reason, message, nowNs));
    if (!this.bucket(object).tryAccept(nowNs)) return 'drop';
    return seen === 0 ? 'create' : 'patch';
  }

  /** The key the event is counted under: its own, or that of the combined event. */
  private aggregate(object: string, reason: string, message: string, nowNs: number): string {
    const key = `${object}\n${reason}`;
    let group = this.similar.get(key);
    if (group === undefined || nowNs - group.lastNs > SIMILAR_WINDOW_NS) group = { messages: new Set(), lastNs: nowNs };
    group.messages.add(message);
    group.lastNs = nowNs;
    remember(this.similar, key, group);
    if (group.messages.size < SIMILAR_MAX) return `${key}\n${message}`;
    // As the original pops any one: the set stays just below the limit, so that the next message reaches it again.
    for (const any of group.messages) {
      group.messages.delete(any);
      break;
    }
    return key;
  }

  private count(key: string): number {
    const seen = this.counts.get(key) ?? 0;
    remember(this.counts, key, seen + 1);
    return seen;
  }

  private bucket(object: string): TokenBucket {
    const bucket = this.spam.get(object) ?? new TokenBucket(SPAM_QPS, SPAM_BURST);
    remember(this.spam, object, bucket);
    return bucket;
  }
}

/** Puts an entry last and forgets the first when there are too many. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= REMEMBERED_MAX) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
}
