import { type Call, LATEST, type ListRequest, type WatchOptions } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { ListRules } from './flow-control/list-work.js';
import type { WatchCache } from './watch-cache.js';

/** What a LIST asks for, in the order of the cache. */
export function selected({ body }: Call, cache: WatchCache): readonly ApiObject[] {
  const { selects, nodeName } = body as ListRequest;
  const all = nodeName === undefined ? [...cache.values()] : cache.onNode(nodeName);
  return selects === undefined ? all : all.filter(selects);
}

/** How many objects a LIST or WATCH reads: namespaces and nodes have an index, so what it leaves out costs nothing. */
export function countSelected(call: Call, cache: WatchCache): number {
  return (call.body as ListRequest).selects === undefined ? cache.size : selected(call, cache).length;
}

/** Who serves a LIST: the cache as it is, the cache as soon as it has seen what etcd has, or etcd. */
export type ListSource = 'cache' | 'fresh cache' | 'etcd';

/** The one revision whose state a LIST wants; undefined if the newest will do (storage/cacher/watch_cache.go waitUntilFreshAndList). */
export function exactRevision({
  exact = false,
  limit = 0,
  continuation,
  resourceVersion,
}: ListRequest): number | undefined {
  if (continuation !== undefined) return continuation.revision === LATEST ? undefined : continuation.revision;
  const isPast = exact || (limit > 0 && resourceVersion !== '' && resourceVersion !== '0');
  return isPast ? Number(resourceVersion) : undefined;
}

/** Where a LIST is served (storage/cacher/delegator ShouldDelegateList). */
export function sourceOf(call: Call, { consistentFromCache, snapshots }: ListRules): ListSource {
  const request = call.body as ListRequest;
  if (!call.kind.watchCached) return 'etcd';
  if (exactRevision(request) !== undefined) return snapshots ? 'cache' : 'etcd';
  if (request.resourceVersion !== '') return 'cache';
  return consistentFromCache ? 'fresh cache' : 'etcd';
}

/** A LIST, or a WATCH from nowhere, reads the whole state of its kind. */
export function wantsState(call: Call): boolean {
  return call.verb === 'list' || (call.body as WatchOptions).fromRevision === 0;
}
