import type { EndpointPort } from '../../../api/endpoint-slice.js';
import type { PodShape } from '../../../api/pod-shape.js';
import type { ServicePort, ServiceSpec } from '../../../api/service.js';

/** The ports of a Service as the pods of one shape have them; those they lack are left out (utils.go getEndpointPorts). */
export function endpointPorts({ ports }: ServiceSpec, shape: PodShape): readonly EndpointPort[] {
  return ports.flatMap((servicePort) => {
    const port = podPort(servicePort, shape);
    return port === undefined ? [] : [{ name: servicePort.name, protocol: servicePort.protocol, port }];
  });
}

function podPort({ targetPort, protocol }: ServicePort, { spec }: PodShape): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const ports = [...spec.containers, ...sidecars].flatMap((container) => container.ports ?? []);
  return ports.find((each) => each.name === targetPort && (each.protocol ?? 'TCP') === protocol)?.containerPort;
}

/** The same for equal lists of ports, whatever their order (NewPortMapKey). */
export function portsKey(ports: readonly EndpointPort[]): string {
  return ports
    .map(({ name, protocol, port }) => `${protocol}/${port}/${name}`)
    .sort()
    .join(',');
}
