import type { Endpoint, EndpointSlice } from '../../../api/endpoint-slice.js';
import { sameEndpoint } from './endpoint.js';
import type { Place, PortGroup, Sheet } from './port-group.js';

/** Slices of one set of ports after a change. */
export interface Filling {
  /** Endpoints of slices to be made. */
  readonly created: readonly (readonly Endpoint[])[];
  /** Slices to be written, with their new endpoints. */
  readonly updated: ReadonlyMap<EndpointSlice, readonly Endpoint[]>;
  readonly deleted: readonly EndpointSlice[];
}

/**
 * Puts endpoints into slices with as few writes as possible (reconciler.go reconcileByPortMapping): changed slices are
 * filled up first, then what is left goes into the unchanged slice that it fills best, or else into new ones. Slices
 * are never joined, so they stay half empty after a Service has shrunk. Looks at the dirty slices alone, and cleans
 * those that are as they should be. `isOutdated` says that a slice must be written for another reason.
 */
export function fillSlices(
  group: PortGroup,
  places: ReadonlyMap<number, Place>,
  maxEndpoints: number,
  isOutdated: (slice: EndpointSlice) => boolean,
): Filling {
  const updated = new Map<EndpointSlice, Endpoint[]>();
  const deleted: EndpointSlice[] = [];
  // Whoever loses a pod to an earlier slice becomes dirty by that, and so has its turn as well.
  for (const sheet of group.dirty) claim(sheet, places);
  for (const sheet of [...group.dirty].sort((a, b) => a.order - b.order)) {
    const { slice } = sheet;
    const kept = keptOf(sheet, places);
    const changed = !sameEndpoints(kept, slice.spec.endpoints);
    if (changed && kept.length === 0) deleted.push(slice);
    else if (changed || isOutdated(slice)) updated.set(slice, kept);
    else group.dirty.delete(sheet);
  }
  const left = [...group.waiting].sort((a, b) => a.member.order - b.member.order).map(({ endpoint }) => endpoint!);
  let next = 0;
  for (const kept of [...updated.values()].sort((a, b) => b.length - a.length))
    while (kept.length < maxEndpoints && next < left.length) kept.push(left[next++]!);
  const created = placeRest(left.slice(next), group, updated, maxEndpoints);
  return { created, updated, deleted };
}

/** Takes the places of the pods that a slice lists, unless an earlier slice lists them, too. */
function claim(sheet: Sheet, places: ReadonlyMap<number, Place>): void {
  const { group, order, slice } = sheet;
  for (const { podId } of slice.spec.endpoints) {
    const place = places.get(podId);
    if (place?.endpoint === undefined || place.group !== group) continue;
    if (place.sheet === undefined) group.waiting.delete(place);
    else if (place.sheet.order <= order) continue;
    else group.dirty.add(place.sheet);
    place.sheet = sheet;
  }
}

/** The endpoints of a slice that are still wanted, as they should be now. */
function keptOf(sheet: Sheet, places: ReadonlyMap<number, Place>): Endpoint[] {
  const kept: Endpoint[] = [];
  for (const { podId } of sheet.slice.spec.endpoints) {
    const place = places.get(podId);
    if (place?.sheet === sheet) kept.push(place.endpoint!);
  }
  return kept;
}

function sameEndpoints(a: readonly Endpoint[], b: readonly Endpoint[]): boolean {
  return a.length === b.length && a.every((endpoint, index) => sameEndpoint(endpoint, b[index]!));
}

/** Puts what is left into an unchanged slice, where it fits whole, and into new ones. */
function placeRest(
  left: readonly Endpoint[],
  group: PortGroup,
  updated: Map<EndpointSlice, Endpoint[]>,
  maxEndpoints: number,
): readonly (readonly Endpoint[])[] {
  const created: (readonly Endpoint[])[] = [];
  const full = left.length - (left.length % maxEndpoints);
  for (let start = 0; start < full; start += maxEndpoints) created.push(left.slice(start, start + maxEndpoints));
  if (full === left.length) return created;
  const part = left.slice(full);
  const host = bestHost(group, part.length, maxEndpoints);
  if (host === undefined) created.push(part);
  else updated.set(host, [...host.spec.endpoints, ...part]);
  return created;
}

/** The unchanged slice that will be closest to full with so many more endpoints (utils.go getSliceToFill). */
function bestHost({ slices, dirty }: PortGroup, count: number, maxEndpoints: number): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  let bestRoom = maxEndpoints;
  for (const sheet of slices) {
    const room = maxEndpoints - count - sheet.slice.spec.endpoints.length;
    if (room < 0 || room >= bestRoom || dirty.has(sheet)) continue;
    best = sheet.slice;
    bestRoom = room;
  }
  return best;
}
