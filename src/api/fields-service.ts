import { choice, type Field, flag, ignored, integer, list, object, text } from './field.js';
import { labels } from './fields-meta.js';

const PORT_MAX = 65_535;

const targetPort: Field = (value, report) => {
  const number = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= PORT_MAX;
  if (!number && typeof value !== 'string') report.error('must be the number or the name of a port', value);
};

export const serviceSpec: Field = object({
  type: choice('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  selector: labels,
  ports: list(
    object(
      {
        name: text(),
        protocol: choice('TCP', 'UDP', 'SCTP'),
        port: integer(1, PORT_MAX),
        targetPort,
        nodePort: ignored,
        appProtocol: ignored,
      },
      'port',
    ),
  ),
  publishNotReadyAddresses: flag,
  allocateLoadBalancerNodePorts: ignored,
  clusterIP: ignored,
  clusterIPs: ignored,
  externalIPs: ignored,
  externalName: ignored,
  externalTrafficPolicy: ignored,
  healthCheckNodePort: ignored,
  internalTrafficPolicy: ignored,
  ipFamilies: ignored,
  ipFamilyPolicy: ignored,
  loadBalancerClass: ignored,
  loadBalancerIP: ignored,
  loadBalancerSourceRanges: ignored,
  sessionAffinity: ignored,
  sessionAffinityConfig: ignored,
  trafficDistribution: ignored,
});
