import type { Endpoint } from '../../../api/endpoint-slice.js';
import type { Pod } from '../../../api/pod.js';
import type { ServiceSpec } from '../../../api/service.js';

/** Whether a pod stands behind its Services: it runs, and so has an address (util ShouldPodBeInEndpoints). */
export function hasEndpoint(pod: Pod): boolean {
  return pod.status.phase === 'Running';
}

/** A pod as an endpoint (utils.go podToEndpoint). */
export function endpointOf(pod: Pod, zone: string, { publishNotReadyAddresses }: ServiceSpec): Endpoint {
  const serving = pod.status.ready;
  const terminating = pod.metadata.deleting;
  return {
    podId: pod.id,
    podName: pod.metadata.name,
    nodeName: pod.spec.nodeName,
    zone,
    ready: publishNotReadyAddresses || (serving && !terminating),
    serving,
    terminating,
  };
}

/** Whether two endpoints of one pod say the same (EndpointsEqualBeyondHash). */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return (
    a.ready === b.ready &&
    a.serving === b.serving &&
    a.terminating === b.terminating &&
    a.nodeName === b.nodeName &&
    a.zone === b.zone
  );
}
