import type { Endpoint, EndpointSlice } from '../../../api/endpoint-slice.js';
import { sameEndpoint } from './endpoint.js';

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
 * are never joined, so they stay half empty after a Service has shrunk. `isOutdated` says that a slice must be written
 * for another reason.
 */
export function fillSlices(
  slices: readonly EndpointSlice[],
  desired: readonly Endpoint[],
  maxEndpoints: number,
  isOutdated: (slice: EndpointSlice) => boolean,
): Filling {
  const waiting = new Map(desired.map((endpoint) => [endpoint.podId, endpoint]));
  const updated = new Map<EndpointSlice, Endpoint[]>();
  const deleted: EndpointSlice[] = [];
  const unchanged = new Set<EndpointSlice>();
  for (const slice of slices) {
    const { endpoints } = slice.spec;
    const kept = takeKnown(endpoints, waiting);
    const removed = kept.length < endpoints.length;
    const changed = removed || kept.some((endpoint, index) => !sameEndpoint(endpoint, endpoints[index]!));
    if (changed && kept.length === 0) deleted.push(slice);
    else if (changed || isOutdated(slice)) updated.set(slice, kept);
    else unchanged.add(slice);
  }
  const left = [...waiting.values()];
  for (const kept of [...updated.values()].sort((a, b) => b.length - a.length))
    kept.push(...left.splice(0, maxEndpoints - kept.length));
  const created = placeRest(left, unchanged, updated, maxEndpoints);
  return { created, updated, deleted };
}

/** The endpoints of a slice that are still wanted, as they should be now; they wait no longer. */
function takeKnown(endpoints: readonly Endpoint[], waiting: Map<number, Endpoint>): Endpoint[] {
  const kept: Endpoint[] = [];
  for (const { podId } of endpoints) {
    const wanted = waiting.get(podId);
    if (wanted === undefined) continue;
    kept.push(wanted);
    waiting.delete(podId);
  }
  return kept;
}

/** Puts what is left into unchanged slices, where it fits whole, and into new ones. */
function placeRest(
  left: Endpoint[],
  unchanged: Set<EndpointSlice>,
  updated: Map<EndpointSlice, Endpoint[]>,
  maxEndpoints: number,
): readonly (readonly Endpoint[])[] {
  const created: Endpoint[][] = [];
  while (left.length > 0) {
    const host = left.length < maxEndpoints ? bestHost(unchanged, left.length, maxEndpoints) : undefined;
    const room = maxEndpoints - (host?.spec.endpoints.length ?? 0);
    const part = left.splice(0, room);
    if (host === undefined) {
      created.push(part);
      continue;
    }
    updated.set(host, [...host.spec.endpoints, ...part]);
    unchanged.delete(host);
  }
  return created;
}

/** The slice that will be closest to full with so many more endpoints (utils.go getSliceToFill). */
function bestHost(slices: Iterable<EndpointSlice>, count: number, maxEndpoints: number): EndpointSlice | undefined {
  let best: EndpointSlice | undefined;
  let bestRoom = maxEndpoints;
  for (const slice of slices) {
    const room = maxEndpoints - count - slice.spec.endpoints.length;
    if (room < 0 || room >= bestRoom) continue;
    best = slice;
    bestRoom = room;
  }
  return best;
}
