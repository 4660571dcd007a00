/** A read waits this long for the cache to reach its revision (storage/cacher/watch_cache.go blockTimeout). */
export const FRESHNESS_TIMEOUT_NS = 3e9;
/** "Too large resource version" answers 504 and asks to come back after this (resourceVersionTooHighRetrySeconds). */
export const TOO_NEW_RETRY_AFTER_SECONDS = 1;

/** What becomes of a read at a revision: it is served, it waits on, or it is refused as too new. */
export type Freshness = 'fresh' | 'waiting' | 'too-new';

/** The state of a read at `wantedRevision` that has waited for `waitedNs` (waitUntilFreshAndBlock). */
export function freshness(wantedRevision: number, cacheRevision: number, waitedNs: number): Freshness {
  if (cacheRevision >= wantedRevision) return 'fresh';
  return waitedNs < FRESHNESS_TIMEOUT_NS ? 'waiting' : 'too-new';
}
