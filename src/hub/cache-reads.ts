import type { Call, WatchOptions } from '../api/call.js';
import type { ApiServerCosts } from './api-server-costs.js';
import type { KindStats } from './kind-stats.js';
import { countSelected, selected, wantsState } from './selection.js';
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
  private readonly costs: ApiServerCosts;
  private readonly fanOut: WatchFanOut;
  private readonly stats: KindStats;

  constructor(costs: ApiServerCosts, fanOut: WatchFanOut, stats: KindStats) {
    this.costs = costs;
    this.fanOut = fanOut;
    this.stats = stats;
  }

  costOf(call: Call): ReadCost {
    const cache = this.fanOut.cache(call.kind);
    if (!wantsState(call)) {
      const missed = cache.since((call.body as WatchOptions).fromRevision)?.length ?? 0;
      return { bytes: 0, otherNs: this.costs.watchSendNs * missed };
    }
    const items = countSelected(call, cache);
    const bytes = items === 0 ? 0 : Math.round(items * this.stats.of(call.kind).averageBytes);
    return { bytes, otherNs: this.costs.listItemNs * items };
  }

  /** Fills in what a LIST or WATCH sees at the moment its answer leaves, so that no change falls in between. */
  answer(call: Call): void {
    const cache = this.fanOut.cache(call.kind);
    call.code = 200;
    call.revision = cache.revision;
    if (call.verb === 'list') {
      call.items = selected(call, cache);
      return;
    }
    const { fromRevision, sink } = call.body as WatchOptions;
    const missed = wantsState(call) ? [] : cache.since(fromRevision);
    if (missed === undefined) {
      call.code = 410;
      call.reason = 'Expired';
      return;
    }
    if (wantsState(call)) call.items = [...cache.values()].filter((object) => sink.matches(object));
    this.fanOut.subscribe(call.kind, sink, missed);
  }
}
