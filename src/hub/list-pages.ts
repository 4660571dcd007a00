import { type Call, LATEST, type ListContinuation, type ListRequest } from '../api/call.js';
import type { ApiObject } from '../api/object.js';

/** Pages that etcd is asked for grow up to this while a selector leaves most of them empty (etcd3/store.go maxLimit). */
const FETCH_MAX = 10_000;

/** What a LIST finds, and where a next page begins. */
export interface Page {
  readonly items: readonly ApiObject[];
  /** Of `from`, the place behind the last one looked at; -1 = there is no more. */
  readonly next: number;
}

/** Objects in the order of etcd's keys: by namespace, then name. */
export function inKeyOrder(objects: Iterable<ApiObject>): ApiObject[] {
  return [...objects].sort(byKey);
}

function byKey({ metadata: a }: ApiObject, { metadata: b }: ApiObject): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

/** By code unit, as etcd orders bytes of ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The next page of a state in order, from a place in it on. */
export function pageOf(from: readonly ApiObject[], at: number, { limit = 0, selects }: ListRequest): Page {
  const items: ApiObject[] = [];
  for (let place = at; place < from.length; place++) {
    const object = from[place]!;
    if (selects !== undefined && !selects(object)) continue;
    // Whether there is more shows when one more fits.
    if (limit > 0 && items.length === limit) return { items, next: place };
    items.push(object);
  }
  return { items, next: -1 };
}

/** How many ranges of how many objects etcd serves until a page is full (etcd3/store.go GetList). */
export function fetchedFor(
  from: readonly ApiObject[],
  at: number,
  { limit = 0, selects }: ListRequest,
): { readonly ranges: number; readonly objects: number } {
  if (limit === 0) return { ranges: 1, objects: from.length - at };
  let ranges = 0;
  let found = 0;
  let place = at;
  for (let size = limit; found < limit && (ranges === 0 || place < from.length); size = Math.min(2 * size, FETCH_MAX)) {
    ranges++;
    const end = Math.min(from.length, place + size);
    for (; place < end; place++) if (selects === undefined || selects(from[place]!)) found++;
  }
  return { ranges, objects: place - at };
}

/** Where a page begins in the state that it shows: in the latest one behind the last object that pages before have shown. */
export function startOf(continuation: ListContinuation | undefined, state: readonly ApiObject[]): number {
  if (continuation === undefined) return 0;
  const { revision, items, at } = continuation;
  if (revision !== LATEST) return at;
  const last = items[at - 1]!;
  const place = state.findIndex((object) => byKey(object, last) > 0);
  return place < 0 ? state.length : place;
}

/** Puts a page into the answer of a LIST. */
export function answerPage(call: Call, page: Page, from: readonly ApiObject[], revision: number, nowNs: number): void {
  const { continuation } = call.body as ListRequest;
  call.code = 200;
  call.items = page.items;
  call.revision = revision;
  const takenNs = continuation?.revision === revision ? continuation.takenNs : nowNs;
  call.continuation = page.next < 0 ? undefined : { revision, takenNs, items: from, at: page.next };
}
