import type { Endpoint, EndpointPort, EndpointSlice, EndpointSliceSpec } from '../../../api/endpoint-slice.js';
import type { Labels } from '../../../api/labels.js';
import type { Pod } from '../../../api/pod.js';
import type { Service } from '../../../api/service.js';
import { endpointOf, hasEndpoint } from './endpoint.js';
import { endpointPorts, portsKey } from './endpoint-ports.js';
import { fillSlices } from './slice-filling.js';
import { hasOldLabels, sliceLabels } from './slice-labels.js';

/** What one sync of a Service sees. */
export interface ServiceView {
  readonly service: Service;
  /** Pods that the Service selects. */
  readonly pods: readonly Pod[];
  /** Slices that are the Service's and not being deleted. */
  readonly slices: readonly EndpointSlice[];
  /** Zone of a node, `''` for none; undefined if there is no such node. */
  readonly zoneOf: (nodeName: string) => string | undefined;
  /** max-endpoints-per-slice. */
  readonly maxEndpoints: number;
}

/** The writes of one sync, in this order. */
export interface SlicePlan {
  readonly labels: Labels;
  readonly creates: readonly EndpointSliceSpec[];
  readonly updates: readonly { readonly slice: EndpointSlice; readonly spec: EndpointSliceSpec }[];
  readonly deletes: readonly EndpointSlice[];
  /** Pods left out because their node is unknown: the sync has failed, and is to be tried again. */
  readonly skipped: readonly Pod[];
}

/** Endpoints with the same ports: each such group has slices of its own. */
interface PortGroup {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
  readonly slices: EndpointSlice[];
  desired: boolean;
}

/** Makes the slices of a Service show its pods (endpointslice reconciler.go). */
export function planSlices(view: ServiceView): SlicePlan {
  const { service, slices, maxEndpoints } = view;
  const creates: EndpointSliceSpec[] = [];
  const updates: { slice: EndpointSlice; spec: EndpointSliceSpec }[] = [];
  const deletes: EndpointSlice[] = [];
  const { groups, skipped } = groupByPorts(view);
  for (const group of groups.values()) {
    if (!group.desired) {
      deletes.push(...group.slices);
      continue;
    }
    const filling = fillSlices(group.slices, group.endpoints, maxEndpoints, (slice) => hasOldLabels(slice, service));
    creates.push(...filling.created.map((endpoints) => ({ ports: group.ports, endpoints })));
    for (const [slice, endpoints] of filling.updated) updates.push({ slice, spec: { ports: group.ports, endpoints } });
    deletes.push(...filling.deleted);
  }
  if (slices.length === deletes.length && creates.length === 0) {
    if (deletes.length === 1 && isPlaceholder(deletes[0]!, service)) deletes.length = 0;
    else creates.push({ ports: [], endpoints: [] });
  }
  // A slice that is not needed any more is used again instead of a new one.
  while (creates.length > 0 && deletes.length > 0) updates.push({ slice: deletes.shift()!, spec: creates.pop()! });
  const labels = sliceLabels(service);
  return { labels, creates: service.metadata.deleting ? [] : creates, updates, deletes, skipped };
}

/** A Service without pods keeps one empty slice. */
function isPlaceholder(slice: EndpointSlice, service: Service): boolean {
  return slice.spec.ports.length === 0 && slice.spec.endpoints.length === 0 && !hasOldLabels(slice, service);
}

function groupByPorts({ service, pods, slices, zoneOf }: ServiceView): {
  readonly groups: ReadonlyMap<string, PortGroup>;
  readonly skipped: readonly Pod[];
} {
  const groups = new Map<string, PortGroup>();
  const groupOf = (ports: readonly EndpointPort[]): PortGroup => {
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
