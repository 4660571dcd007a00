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

/** What a LIST costs in the minor of Kubernetes that the server is of. */
export interface ListRules {
  /** By the bytes it reads (gate SizeBasedListCostEstimate); if not, by the objects. */
  readonly seatsByBytes: boolean;
  /** Whether etcd reports its progress, as it does since 3.4.31, so that the cache can serve a list of the latest state. */
  readonly consistentFromCache: boolean;
  /** Whether the cache keeps earlier states to serve later pages and exact revisions from. */
  readonly snapshots: boolean;
}

export const LIST_RULES: ListRules = { seatsByBytes: true, consistentFromCache: true, snapshots: true };

/** Before 1.34 (seatsBasedOnObjectCount). */
const OBJECTS_PER_SEAT = 100;
const WIDTH_BY_OBJECTS_MAX = 10;

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
 * memory for it, or before 1.34 for each 100 objects (flowcontrol/request/list_work_estimator.go). A resource that is
 * not known costs one seat.
 */
export function listWork(
  options: ListOptions,
  stats: ResourceStats | 'stale' | 'unknown',
  levelMaxSeats: number,
  { seatsByBytes, consistentFromCache }: ListRules,
): WorkEstimate {
  if (options.verb === 'watch' && !startsWithState(options)) return ONE_SEAT;
  if (stats === 'unknown') return ONE_SEAT;
  const cached = options.verb === 'watch' || servedFromCache(options, consistentFromCache);
  const known = stats === 'stale' ? STALE : stats;
  const needed = seatsByBytes
    ? bytesAtOnce(options, known, cached) / BYTES_PER_SEAT
    : objectsHandled(options, known, cached) / OBJECTS_PER_SEAT;
  const widthMax = greatestWidth(levelMaxSeats, seatsByBytes ? WIDTH_MAX : WIDTH_BY_OBJECTS_MAX);
  const width = Math.min(Math.max(1, Math.ceil(needed)), widthMax);
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

/** Objects that are looked at or kept in all, as the estimate before 1.34 counts them. */
function objectsHandled({ limit, selective }: ListOptions, { objectCount }: ResourceStats, cached: boolean): number {
  if (cached) return objectCount;
  const page = limit > 0 ? Math.min(limit, objectCount) : objectCount;
  return selective ? objectCount + page : 2 * page;
}
