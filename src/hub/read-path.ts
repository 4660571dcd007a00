import type { Call, GetRequest, ListRequest } from '../api/call.js';
import type { Kind } from '../api/kind.js';
import type { ApiObject } from '../api/object.js';
import type { SlicedTasks } from '../engine/sliced-tasks.js';
import type { ApiServerParts } from './api-server-parts.js';
import { CacheReads } from './cache-reads.js';
import type { EtcdDoor } from './etcd/etcd-door.js';
import { EtcdLists, type ListAnswerer } from './etcd-lists.js';
import { LIST_RULES, type ListRules } from './flow-control/list-work.js';
import type { KindStats } from './kind-stats.js';
import { settle, tooLargeRevision } from './outcome.js';
import { exactRevision, sourceOf, wantsState } from './selection.js';
import { TOO_NEW_RETRY_AFTER_SECONDS } from './watch-cache-freshness.js';
import type { WatchFanOut } from './watch-fan-out.js';

/**
 * Where the LISTs and WATCHes of one API server are served: by its watch caches, as soon as these have come to the revision that
 * is wanted, or by etcd (storage/cacher/delegator.go).
 */
export class ReadPath {
  private readonly parts: ApiServerParts;
  private readonly server: ListAnswerer;
  private readonly fanOut: WatchFanOut;
  private readonly cached: CacheReads;
  private readonly lists: EtcdLists;
  private readonly rules: ListRules;

  constructor(parts: ApiServerParts, server: ListAnswerer, fanOut: WatchFanOut, stats: KindStats, sliced: SlicedTasks) {
    this.parts = parts;
    this.server = server;
    this.fanOut = fanOut;
    this.cached = new CacheReads(parts, fanOut, stats);
    this.lists = new EtcdLists(parts, server, stats, sliced);
    this.rules = parts.flowControl.lists ?? LIST_RULES;
  }

  private etcd(kind: Kind): EtcdDoor {
    return this.parts.etcd(kind);
  }

  /** A LIST or WATCH has been admitted. */
  begin(slot: number, call: Call): void {
    if (call.verb === 'list') this.list(slot, call);
    else if (!wantsState(call)) this.readCache(slot, call);
    else if (this.etcd(call.kind).distant) this.etcd(call.kind).range(slot);
    else this.awaitNewest(slot, call);
  }

  /** A GET has been admitted: etcd has the latest state, the cache one that is at least as new as a revision (delegator.go Get). */
  get(slot: number, call: Call): void {
    const wanted = wantedByGet(call);
    if (wanted === undefined || !call.kind.watchCached) this.etcd(call.kind).range(slot);
    else this.fanOut.reads.wait(call.kind, slot, wanted);
  }

  /** The object that a GET finds in the cache. */
  cachedObject({ kind, namespace, name }: Call): ApiObject | undefined {
    return this.fanOut.cache(kind).find(namespace, name, this.parts.store.get(kind, namespace, name));
  }

  private list(slot: number, call: Call): void {
    const source = sourceOf(call, this.rules);
    if (source === 'cache') this.fanOut.reads.wait(call.kind, slot, wantedRevision(call.body as ListRequest));
    else if (source === 'fresh cache') this.etcd(call.kind).range(slot);
    else this.lists.begin(slot, call);
  }

  /** Etcd has read what a LIST wants, or told the newest revision. */
  rangeRead(slot: number, call: Call): void {
    if (this.lists.has(slot)) this.lists.decode(slot, call);
    else this.awaitNewest(slot, call);
  }

  /** Etcd will not answer a row. */
  forget(slot: number): void {
    this.lists.forget(slot);
  }

  /** Reads the cache as soon as it has everything that etcd had when it was last heard of. */
  private awaitNewest(slot: number, { kind }: Call): void {
    this.fanOut.reads.wait(kind, slot, kind.watchCached ? this.etcd(kind).heardRevision : 0);
  }

  /** Reads the cache as it is; what it has no snapshot of any more is read from etcd (storage/cacher/delegator.go GetList). */
  readCache(slot: number, call: Call): void {
    if (!this.cached.has(call)) {
      this.lists.begin(slot, call);
      return;
    }
    const { bytes, otherNs } = this.cached.costOf(call);
    this.server.encode(slot, bytes, otherNs);
  }

  /** The cache did not come to the revision in time: a read of the newest state goes to etcd, any other is refused. */
  tooNew(slot: number, call: Call): void {
    if (call.verb === 'list' && sourceOf(call, this.rules) === 'fresh cache') {
      this.lists.begin(slot, call);
      return;
    }
    const wanted = wantedByGet(call) ?? this.wantedBy(call);
    settle(call, tooLargeRevision(wanted, this.fanOut.cache(call.kind).revision));
    // An error in a stream has no header.
    if (call.verb !== 'watch') call.retryAfterSeconds = TOO_NEW_RETRY_AFTER_SECONDS;
    this.server.encode(slot, 0, 0);
  }

  private wantedBy({ verb, body, kind }: Call): number {
    return verb === 'list' ? wantedRevision(body as ListRequest) : this.etcd(kind).heardRevision;
  }

  /** Fills in what a LIST or WATCH sees at the moment its answer leaves. */
  answer(call: Call): void {
    this.cached.answer(call);
  }
}

/** The revision that a GET wants the cache to have; undefined: it wants the latest state, or is no GET. */
function wantedByGet({ verb, body }: Call): number | undefined {
  return verb === 'get' && body !== undefined ? Number((body as GetRequest).resourceVersion) : undefined;
}

/** The revision that a cache must have for a LIST: that of its pages, the exact one, or the least; 0 takes any. */
function wantedRevision(request: ListRequest): number {
  return exactRevision(request) ?? Number(request.resourceVersion);
}
