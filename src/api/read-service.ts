import type { JsonObject } from './json.js';
import type { Labels } from './labels.js';
import type { ServicePort, ServiceSpec } from './service.js';

/** Fields of a Service that are typed under other names. */
export const SERVICE_FIELDS = ['type', 'selector', 'ports', 'publishNotReadyAddresses'] as const;

/** Spec of a Service out of a checked and defaulted manifest; `clusterIP: None` stays among its other fields. */
export function serviceSpec(manifest: JsonObject): ServiceSpec {
  const { type, selector, ports, publishNotReadyAddresses } = manifest;
  return {
    type: type as ServiceSpec['type'],
    headless: manifest.clusterIP === 'None',
    selector: (selector as Labels | null | undefined) ?? undefined,
    ports: ((ports as readonly JsonObject[] | null | undefined) ?? []).map(servicePort),
    publishNotReadyAddresses: publishNotReadyAddresses === true,
  };
}

function servicePort({ name, protocol, port, targetPort }: JsonObject): ServicePort {
  return {
    name: (name as string | undefined) ?? '',
    protocol: protocol as string,
    port: port as number,
    targetPort: targetPort as number | string,
  };
}

/** A Service's spec as manifests write it. */
export function serviceManifest({ headless: _, ports, ...spec }: ServiceSpec): JsonObject {
  return { ...spec, ports: ports.map(({ name, ...port }) => ({ name: name === '' ? undefined : name, ...port })) };
}
