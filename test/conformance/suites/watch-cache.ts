import { watchChannelSize } from '../../../src/hub/watch-cache-channel.js';
import {
  FRESHNESS_TIMEOUT_NS,
  freshness,
  TOO_NEW_RETRY_AFTER_SECONDS,
} from '../../../src/hub/watch-cache-freshness.js';
import { greatestCapacity, WatchCacheRing } from '../../../src/hub/watch-cache-ring.js';
import { type Case, Skip, type Suite } from '../suite.js';

export const watchCache: Suite = { name: 'watch-cache', answer };

function answer({ tags, input, expect }: Case): unknown {
  switch (tags[0]) {
    case 'history':
      return history(input as HistoryInput, expect as HistoryExpectation);
    case 'channelSize': {
      const { capacity, indexExists, indexUsed } = input as ChannelInput;
      return { size: watchChannelSize(capacity, indexExists, indexUsed) };
    }
    case 'upperBound':
      return { upperBoundCapacity: greatestCapacity((input as { freshSeconds: number }).freshSeconds * 1e9) };
    case 'tooNew':
      return tooNew(input as TooNewInput);
    default:
      return new Skip(`unknown question ${tags[0]}`);
  }
}

interface ChannelInput {
  readonly capacity: number;
  readonly indexExists: boolean;
  readonly indexUsed: boolean;
}

interface HistoryInput {
  readonly freshSeconds: number;
  readonly listRV: number;
  readonly segments: readonly { count: number; gapMs: number }[];
}

/** The questions about where a watch may start stand with their answers. */
interface HistoryExpectation {
  readonly since: readonly { resourceVersion: number }[];
}

function history({ freshSeconds, listRV, segments }: HistoryInput, { since }: HistoryExpectation): unknown {
  const ring = new WatchCacheRing<number>(listRV, freshSeconds * 1e9);
  const changes: [event: number, capacity: number][] = [];
  let taken = 0;
  let nowMs = 0;
  for (const { count, gapMs } of segments) {
    for (let i = 0; i < count; i++) {
      const before = ring.capacity;
      nowMs += gapMs;
      taken++;
      ring.add(taken, listRV + taken, nowMs * 1e6);
      if (ring.capacity !== before) changes.push([taken, ring.capacity]);
    }
  }
  const replays = since.map(({ resourceVersion }) => {
    const events = ring.since(resourceVersion);
    return events === undefined ? { resourceVersion, code: 410 } : { resourceVersion, events: events.length };
  });
  return { capacity: ring.capacity, changes, oldestStart: ring.oldestStart, since: replays };
}

interface TooNewInput {
  readonly have: number;
  readonly want: number;
  /** `null`: the event never arrives. */
  readonly arrivesMs: number | null;
}

/** Looks whenever something can have changed: at once, when the event arrives, when the time is up. */
function tooNew({ have, want, arrivesMs }: TooNewInput): unknown {
  const arrivesNs = arrivesMs === null ? Number.POSITIVE_INFINITY : arrivesMs * 1e6;
  const moments = [0, arrivesNs, FRESHNESS_TIMEOUT_NS].sort((a, b) => a - b);
  for (const nowNs of moments) {
    const state = freshness(want, nowNs >= arrivesNs ? want : have, nowNs);
    const waitedMs = nowNs / 1e6;
    if (state === 'fresh') return { ok: true, waitedMs };
    if (state === 'too-new') return { ok: false, code: 504, retryAfterSeconds: TOO_NEW_RETRY_AFTER_SECONDS, waitedMs };
  }
  return undefined;
}
