import { FRESH_DURATION_NS } from './watch-cache-ring.js';

const SIZE_MIN = 10;
const SIZE_MAX_INDEX_USED = 10;
const SIZE_MAX_INDEX_UNUSED = 1000;
const SIZE_MAX_NO_INDEX = 100;

/**
 * How many events may wait for a new watcher: about a second's worth of the ring. A kubelet's watch of its own pods
 * uses the index and has 10 (storage/cacher/watch_cache.go suggestedWatchChannelSize).
 */
export function watchChannelSize(capacity: number, indexExists: boolean, indexUsed: boolean): number {
  const oneSecond = Math.ceil(capacity / (FRESH_DURATION_NS / 1e9));
  return Math.min(Math.max(oneSecond, SIZE_MIN), greatestSize(indexExists, indexUsed));
}

function greatestSize(indexExists: boolean, indexUsed: boolean): number {
  if (!indexExists) return SIZE_MAX_NO_INDEX;
  return indexUsed ? SIZE_MAX_INDEX_USED : SIZE_MAX_INDEX_UNUSED;
}
