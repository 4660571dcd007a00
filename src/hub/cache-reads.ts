import type { Call, ListRequest, WatchOptions } from '../api/call.js';
import type { ApiServerCosts } from './api-server-costs.js';
import type { ApiServerParts } from './api-server-parts.js';
import type { KindStats } from './kind-stats.js';
import { answerPage, inKeyOrder, pageOf, startOf } from './list-pages.js';
import { countSelected, exactRevision, selected, wantsState } from './selection.js';
import type { Store } from './store.js';
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
  private readonly store: Store;
  private readonly fanOut: WatchFanOut;
  private readonly stats: KindStats;

  constructor({ engine, costs, store }: ApiServerParts, fanOut: WatchFanOut, stats: KindStats) {
    this.clock = engine;
    this.costs = costs;
    this.store = store;
    this.fanOut = fanOut;
    this.stats = stats;
  }

  /** Whether the cache has what a LIST or WATCH wants; a LIST at a revision keeps the state that it will show. */
  has(call: Call): boolean {
    if (call.verb !== 'list') return true;
    const request = call.body as ListRequest;
    const exact = exactRevision(request);
    if (exact === undefined) return true;
    const cache = this.fanOut.cache(call.kind);
    if (!cache.shows(exact, this.store.compacted(call.kind)?.announcedRevision ?? 0)) return false;
    call.items = request.continuation?.items ?? inKeyOrder(cache.at(exact));
    return true;
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
    const exact = exactRevision(request);
    const { limit = 0, continuation, resourceVersion } = request;
    if (exact === undefined && limit === 0 && continuation === undefined) {
      call.items = selected(call, cache);
      return;
    }
    const from = exact === undefined ? inKeyOrder(cache.values()) : call.items!;
    // The cache ignores the limit of a LIST of whatever is at hand (storage/cacher GetList).
    const paged = resourceVersion === '0' ? { ...request, limit: 0 } : request;
    const page = pageOf(from, startOf(continuation, from), paged);
    answerPage(call, page, from, exact ?? cache.revision, this.clock.nowNs);
  }
}
