import type { EndpointSlice, EndpointSliceSpec } from '../../../api/endpoint-slice.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import type { Service } from '../../../api/service.js';
import type { PortGroup } from './port-group.js';
import type { SliceBook } from './slice-book.js';
import { fillSlices } from './slice-filling.js';
import { hasOldLabels } from './slice-labels.js';

/** The writes of one sync, in this order. */
export interface SlicePlan {
  readonly labels: Labels;
  readonly creates: readonly EndpointSliceSpec[];
  readonly updates: readonly { readonly slice: EndpointSlice; readonly spec: EndpointSliceSpec }[];
  readonly deletes: readonly EndpointSlice[];
  /** Pods left out because their node is unknown: the sync has failed, and is to be tried again. */
  readonly skipped: readonly Pod[];
}

/** Makes the slices of a Service show its pods (endpointslice reconciler.go); max-endpoints-per-slice in each. */
export function planSlices(book: SliceBook, maxEndpoints: number): SlicePlan {
  const { service, labels } = book;
  const creates: EndpointSliceSpec[] = [];
  const updates: { slice: EndpointSlice; spec: EndpointSliceSpec }[] = [];
  const deletes: EndpointSlice[] = [];
  const astray = book.lookAgain();
  for (const group of activeGroups(book)) {
    if (group.pods === 0) {
      for (const { slice } of group.slices) deletes.push(slice);
      continue;
    }
    const { ports } = group;
    const filling = fillSlices(group, book.places, maxEndpoints, (slice) => hasOldLabels(slice, service));
    for (const endpoints of filling.created) creates.push({ ports, endpoints });
    for (const [slice, endpoints] of filling.updated) updates.push({ slice, spec: { ports, endpoints } });
    deletes.push(...filling.deleted);
  }
  if (book.sliceCount === deletes.length && creates.length === 0) {
    if (deletes.length === 1 && isPlaceholder(deletes[0]!, service)) deletes.length = 0;
    else creates.push({ ports: [], endpoints: [] });
  }
  // A slice that is not needed any more is used again instead of a new one.
  while (creates.length > 0 && deletes.length > 0) updates.push({ slice: deletes.shift()!, spec: creates.pop()! });
  const skipped = service.spec.publishNotReadyAddresses ? [] : Array.from(astray, ({ member }) => member.pod);
  return { labels, creates: service.metadata.deleting ? [] : creates, updates, deletes, skipped };
}

/** Those with something to write: first the ones with slices, by their first slice, then the others, by their first pod. */
function activeGroups(book: SliceBook): readonly PortGroup[] {
  const active = [...book.groups].filter(({ isActive }) => isActive);
  if (active.length < 2) return active;
  return active.sort((a, b) => firstSlice(a) - firstSlice(b) || firstPod(book, a) - firstPod(book, b));
}

function firstSlice({ slices }: PortGroup): number {
  for (const { order } of slices) return order;
  return Number.MAX_SAFE_INTEGER;
}

function firstPod({ places }: SliceBook, group: PortGroup): number {
  let first = Number.MAX_SAFE_INTEGER;
  for (const place of places.values()) if (place.group === group) first = Math.min(first, place.member.order);
  return first;
}

/** A Service without pods keeps one empty slice. */
function isPlaceholder(slice: EndpointSlice, service: Service): boolean {
  return slice.spec.ports.length === 0 && slice.spec.endpoints.length === 0 && !hasOldLabels(slice, service);
}
