import { greatestWidth, ONE_SEAT, type WorkEstimate } from './work-estimate.js';

/** What a LIST or WATCH asks for, as far as its cost depends on it. */
export interface ListOptions {
  readonly verb: 'list' | 'watch';
  /** `''` asks for the latest, `'0'` for whatever is at hand. */
  readonly resourceVersion: string;
  readonly resourceVersionMatch: '' | 'Exact' | 'NotOlderThan';
  /** Objects in a page; 0 = all. */
  readonly limit: number;
  /** Whether it goes on with an earlier list. */
  readonly continued: boolean;
  /** Whether it picks by labels or fields. */
  readonly selective: boolean;
  /** Whether it names the one object it wants. */
  readonly single: boolean;
  readonly sendInitialEvents: boolean;
}

/** What the API server knows of a resource; it looks once a minute. */
export interface ResourceStats {
  readonly objectCount: number;
  readonly averageBytes: number;
}

const BYTES_PER_SEAT = 100_000;
/** A list from the cache is streamed: no more than this is in memory at once. */
const STREAMED_BYTES_MAX = 1_000_000;
/** What an object may weigh whose weight is not known: etcd's limit of a request. */
const OBJECT_BYTES_MAX = 1_500_000;
const WIDTH_MAX = 100;
/** Taken when the count is out of date, which is a sign of trouble. */
const STALE: ResourceStats = { objectCount: 1e9, averageBytes: OBJECT_BYTES_MAX };

/**
 * The seats of a LIST, or of a WATCH until it has sent the state it starts from: one for each 100 kB the server holds in
 * memory for it (flowcontrol/request/list_work_estimator.go, gate SizeBasedListCostEstimate). A resource that is not
 * known costs one seat. `consistentFromCache` says whether etcd reports its progress, as it does since 3.4.31, so that
 * the cache can serve a list of the latest state.
 */
export function listWork(
  options: ListOptions,
  stats: ResourceStats | 'stale' | 'unknown',
  levelMaxSeats: number,
  consistentFromCache: boolean,
): WorkEstimate {
  if (options.verb === 'watch' && !startsWithState(options)) return ONE_SEAT;
  if (stats === 'unknown') return ONE_SEAT;
  const cached = options.verb === 'watch' || servedFromCache(options, consistentFromCache);
  const bytes = bytesAtOnce(options, stats === 'stale' ? STALE : stats, cached);
  const seats = Math.max(1, Math.ceil(bytes / BYTES_PER_SEAT));
  const width = Math.min(seats, greatestWidth(levelMaxSeats, WIDTH_MAX));
  return width === 1 ? ONE_SEAT : { initialSeats: width, finalSeats: 0, additionalLatencyNs: 0 };
}

/** Whether the watch cache can serve a LIST; if not, etcd does (storage/cacher/delegator, without snapshots). */
export function servedFromCache(options: ListOptions, consistentFromCache: boolean): boolean {
  const { resourceVersion, resourceVersionMatch, continued, limit } = options;
  if (resourceVersionMatch === 'Exact') return false;
  if (resourceVersionMatch === 'NotOlderThan') return true;
  if (continued) return false;
  if (resourceVersion === '') return consistentFromCache;
  return limit === 0 || resourceVersion === '0';
}

function startsWithState({ sendInitialEvents, resourceVersion }: ListOptions): boolean {
  return sendInitialEvents || resourceVersion === '' || resourceVersion === '0';
}

function bytesAtOnce(options: ListOptions, { objectCount, averageBytes }: ResourceStats, cached: boolean): number {
  const objectBytes = averageBytes <= 0 && objectCount !== 0 ? OBJECT_BYTES_MAX : averageBytes;
  const bytes = objectsAtOnce(options, objectCount, cached) * objectBytes;
  return cached ? Math.min(bytes, STREAMED_BYTES_MAX) : bytes;
}

/** Etcd cannot select: a page of what is selected may need many pages of what is there. */
function objectsAtOnce({ single, limit, selective }: ListOptions, objectCount: number, cached: boolean): number {
  if (single) return 1;
  const page = limit > 0 ? Math.min(limit, objectCount) : objectCount;
  return selective && !cached ? Math.max(page, Math.trunc(objectCount / 2)) : page;
}
