import type { Endpoint, EndpointPort, EndpointSlice, EndpointSliceSpec } from '../../../../src/api/endpoint-slice.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { Service } from '../../../../src/api/service.js';
import { endpointOf, hasEndpoint, sameEndpoint } from '../../../../src/spokes/controllers/endpointslice/endpoint.js';
import { endpointPorts, portsKey } from '../../../../src/spokes/controllers/endpointslice/endpoint-ports.js';
import type { ZoneOf } from '../../../../src/spokes/controllers/endpointslice/slice-book.js';
import { hasOldLabels, sliceLabels } from '../../../../src/spokes/controllers/endpointslice/slice-labels.js';
import type { SlicePlan } from '../../../../src/spokes/controllers/endpointslice/slice-plan.js';

/** What one sync of a Service sees. */
export interface ServiceView {
  readonly service: Service;
  readonly pods: readonly Pod[];
  readonly slices: readonly EndpointSlice[];
  readonly zoneOf: ZoneOf;
  readonly maxEndpoints: number;
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
  readonly slices: EndpointSlice[];
  desired: boolean;
}

/** The plan of one sync as Kubernetes makes it: all pods and all slices, anew. */
export function plainPlan(view: ServiceView): SlicePlan {
  const { service, slices } = view;
  const creates: EndpointSliceSpec[] = [];
  const updates: { slice: EndpointSlice; spec: EndpointSliceSpec }[] = [];
  const deletes: EndpointSlice[] = [];
  const { groups, skipped } = groupByPorts(view);
  for (const group of groups.values()) {
    if (!group.desired) {
      deletes.push(...group.slices);
      continue;
    }
    const filling = fill(group, view);
    creates.push(...filling.created.map((endpoints) => ({ ports: group.ports, endpoints })));
    for (const [slice, endpoints] of filling.updated) updates.push({ slice, spec: { ports: group.ports, endpoints } });
    deletes.push(...filling.deleted);
  }
  if (slices.length === deletes.length && creates.length === 0) {
    if (deletes.length === 1 && isPlaceholder(deletes[0]!, service)) deletes.length = 0;
    else creates.push({ ports: [], endpoints: [] });
  }
  while (creates.length > 0 && deletes.length > 0) updates.push({ slice: deletes.shift()!, spec: creates.pop()! });
  const labels = sliceLabels(service);
  return { labels, creates: service.metadata.deleting ? [] : creates, updates, deletes, skipped };
}

function isPlaceholder(slice: EndpointSlice, service: Service): boolean {
  return slice.spec.ports.length === 0 && slice.spec.endpoints.length === 0 && !hasOldLabels(slice, service);
}

function groupByPorts({ service, pods, slices, zoneOf }: ServiceView) {
  const groups = new Map<string, Group>();
  const groupOf = (ports: readonly EndpointPort[]): Group => {
    const key = portsKey(ports);
    const known = groups.get(key) ?? { ports, endpoints: [], slices: [], desired: false };
    groups.set(key, known);
    return known;
  };
  for (const slice of slices) groupOf(slice.spec.ports).slices.push(slice);
  const skipped: Pod[] = [];
  for (const pod of pods) {
    if (!hasEndpoint(pod)) continue;
    const group = groupOf(endpointPorts(service.spec, pod.spec.shape));
    group.desired = true;
    const zone = zoneOf(pod.spec.nodeName);
    if (zone === undefined && !service.spec.publishNotReadyAddresses) skipped.push(pod);
    else group.endpoints.push(endpointOf(pod, zone ?? '', service.spec));
  }
  return { groups, skipped };
}

function fill({ slices, endpoints: desired }: Group, { service, maxEndpoints }: ServiceView) {
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
    else if (changed || hasOldLabels(slice, service)) updated.set(slice, kept);
    else unchanged.add(slice);
  }
  const left = [...waiting.values()];
  for (const kept of [...updated.values()].sort((a, b) => b.length - a.length))
    kept.push(...left.splice(0, maxEndpoints - kept.length));
  const created = placeRest(left, unchanged, updated, maxEndpoints);
  return { created, updated, deleted };
}

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
