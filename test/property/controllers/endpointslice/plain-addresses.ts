import type { EndpointsSpec } from '../../../../src/api/endpoint-slice.js';
import type { Pod } from '../../../../src/api/pod.js';
import type { Service } from '../../../../src/api/service.js';
import { hasEndpoint } from '../../../../src/spokes/controllers/endpointslice/endpoint.js';
import { endpointPorts } from '../../../../src/spokes/controllers/endpointslice/endpoint-ports.js';

/** What the Endpoints of a Service should have, found by a look at all its pods. */
export function plainAddresses({ spec }: Service, pods: Iterable<Pod>, maxAddresses: number): EndpointsSpec {
  const ready: number[] = [];
  const notReady: number[] = [];
  let ports: EndpointsSpec['ports'] = [];
  for (const pod of pods) {
    if (!hasEndpoint(pod) || (pod.metadata.deleting && !spec.publishNotReadyAddresses)) continue;
    if (ready.length + notReady.length === 0) ports = endpointPorts(spec, pod.spec.shape);
    (pod.status.ready || spec.publishNotReadyAddresses ? ready : notReady).push(pod.id);
  }
  notReady.length = Math.min(notReady.length, Math.max(0, maxAddresses - ready.length));
  ready.length = Math.min(ready.length, maxAddresses);
  const byNumber = (a: number, b: number): number => a - b;
  return { ports, ready: ready.sort(byNumber), notReady: notReady.sort(byNumber) };
}
