import type { Call, ListRequest, WatchOptions } from '../api/call.js';
import type { ApiObject } from '../api/object.js';
import type { WatchCache } from './watch-cache.js';

/** What a LIST asks for, in the order of the cache. */
export function selected({ body }: Call, cache: WatchCache): readonly ApiObject[] {
  const { selects } = body as ListRequest;
  return selects === undefined ? [...cache.values()] : [...cache.values()].filter(selects);
}

/** How many objects a LIST or WATCH reads: namespaces and nodes have an index, so what it leaves out costs nothing. */
export function countSelected(call: Call, cache: WatchCache): number {
  return (call.body as ListRequest).selects === undefined ? cache.size : selected(call, cache).length;
}

/** A LIST of the latest state: the cache serves it as soon as it has seen what etcd has (storage/cacher/delegator). */
export function isConsistent(call: Call): boolean {
  return (call.body as ListRequest).resourceVersion === '';
}

/** A LIST, or a WATCH from nowhere, reads the whole state of its kind. */
export function wantsState(call: Call): boolean {
  return call.verb === 'list' || (call.body as WatchOptions).fromRevision === 0;
}
