import type { ByIdentity } from '../api/by-identity.js';
import type { Call, ListRequest, WatchOptions } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { ApiServerCosts } from './api-server-costs.js';
import type { ApiServerParts } from './api-server-parts.js';
import type { KindStats } from './kind-stats.js';
import { answerPage, inKeyOrder, isCompacted, pageOf } from './list-pages.js';
import { countSelected, exactRevision, selected, wantsState } from './selection.js';
import type { WatchCache } from './watch-cache.js';
import type { WatchFanOut } from './watch-fan-out.js';

/** What a read of the watch cache costs an API server. */
export interface ReadCost {
  /** Of objects to be encoded. */
  readonly bytes: number;
  /** Processor time beside that. */
  readonly otherNs: number;
}

/** Serves LISTs and WATCHes from the watch caches of one API server. */
export class CacheReads {
  private readonly clock: { readonly nowNs: number };
  private readonly costs: ApiServerCosts;
  private readonly compactionIntervalNs: number;
  private readonly fanOut: WatchFanOut;
  private readonly stats: KindStats;

  constructor({ engine, costs, compactionIntervalNs }: ApiServerParts, fanOut: WatchFanOut, stats: KindStats) {
    this.clock = engine;
    this.costs = costs;
    this.compactionIntervalNs = compactionIntervalNs;
    this.fanOut = fanOut;
    this.stats = stats;
  }

  costOf(call: Call): ReadCost {
    const cache = this.fanOut.cache(call.kind);
    if (!wantsState(call)) {
      const missed = this.fanOut.since(call.kind, (call.body as WatchOptions).fromRevision)?.length ?? 0;
      return { bytes: 0, otherNs: this.costs.watchSendNs * missed };
    }
    const { scans = false, limit = 0, continuation } = call.body as ListRequest;
    const left = continuation === undefined ? cache.size : continuation.items.length - continuation.at;
    const found = continuation === undefined ? countSelected(call, cache) : left;
    const items = limit > 0 ? Math.min(limit, found) : found;
    const bytes = items === 0 ? 0 : Math.round(items * this.stats.of(call.kind).averageBytes);
    return { bytes, otherNs: this.costs.listItemNs * items + (scans ? this.costs.selectItemNs * left : 0) };
  }

  /** Fills in what a LIST or WATCH sees at the moment its answer leaves, so that no change falls in between. */
  answer(call: Call): void {
    const cache = this.fanOut.cache(call.kind);
    call.code = 200;
    call.revision = cache.revision;
    if (call.verb === 'list') {
      this.answerList(call, cache);
      return;
    }
    const { fromRevision, sink, timeoutSeconds } = call.body as WatchOptions;
    const missed = wantsState(call) ? [] : this.fanOut.since(call.kind, fromRevision);
    if (missed === undefined) {
      call.code = 410;
      call.reason = 'Expired';
      return;
    }
    if (wantsState(call)) call.items = [...cache.values()].filter((object) => sink.matches(object));
    this.fanOut.subscribe(call.kind, sink, missed, fromRevision, timeoutSeconds);
  }

  private answerList(call: Call, cache: WatchCache): void {
    const request = call.body as ListRequest;
    const { limit = 0, continuation, resourceVersion } = request;
    const exact = exactRevision(request);
    if (exact === undefined && limit === 0) {
      call.items = selected(call, cache);
      return;
    }
    const revision = exact ?? cache.revision;
    const state = continuation?.items ?? (exact === undefined ? cache.state : cache.at(exact));
    const { clock, compactionIntervalNs } = this;
    const expired = continuation !== undefined && isCompacted(continuation.takenNs, clock.nowNs, compactionIntervalNs);
    if (state === undefined || expired) {
      call.code = 410;
      call.reason = 'Expired';
      return;
    }
    const from = continuation?.items ?? inKeyOrder((state as ByIdentity<ApiObject>).values());
    // The cache ignores the limit of a LIST of whatever is at hand (storage/cacher GetList).
    const page = pageOf(from, continuation?.at ?? 0, resourceVersion === '0' ? { ...request, limit: 0 } : request);
    answerPage(call, page, from, revision, this.clock.nowNs);
  }
}
