import type { EndpointSlice, Endpoints } from '../api/endpoint-slice.js';
import {
  CONFIG_MAP,
  ENDPOINT_SLICE,
  ENDPOINTS,
  type Kind,
  NAMESPACE,
  NODE,
  POD,
  SERVICE,
  SERVICE_ACCOUNT,
} from '../api/kind.js';
import type { Namespace } from '../api/namespace.js';
import type { Node } from '../api/node.js';
import type { Pod } from '../api/pod.js';
import type { Service } from '../api/service.js';
import type { PodsByNode } from '../client/pods-by-node.js';
import { EndpointSliceController } from '../spokes/controllers/endpointslice/endpoint-slice-controller.js';
import { EndpointsController } from '../spokes/controllers/endpointslice/endpoints-controller.js';
import { ServiceMembers } from '../spokes/controllers/endpointslice/service-members.js';
import { NamespaceController } from '../spokes/controllers/namespace/namespace-controller.js';
import { NamespaceCompanion } from '../spokes/controllers/serviceaccount/namespace-companion.js';
import type { ClusterConfig } from './config.js';
import { type IdentityOf, userOf } from './controller-identity.js';
import type { ControllerManagerCosts } from './profile.js';
import type { Program } from './program.js';

/** The two controllers that say which pods stand behind a Service. */
export function startServices(
  program: Program,
  { controllerManager }: ClusterConfig,
  { syncNs }: ControllerManagerCosts,
  identity: IdentityOf,
  podsByNode: PodsByNode,
): void {
  const { process } = program;
  const services = program.informer<Service>(SERVICE);
  const members = new ServiceMembers(services, program.informer<Pod>(POD));
  new EndpointSliceController({
    process,
    ...identity('endpointslice-controller'),
    services,
    slices: program.informer<EndpointSlice>(ENDPOINT_SLICE),
    nodes: program.informer<Node>(NODE),
    podsByNode,
    members,
    workers: controllerManager.concurrentServiceEndpointSyncs,
    syncNs,
  });
  new EndpointsController({
    process,
    client: identity('endpoint-controller').client,
    services,
    endpoints: program.informer<Endpoints>(ENDPOINTS),
    members,
    workers: controllerManager.concurrentEndpointSyncs,
    syncNs,
  });
}

/** What gives each namespace its first objects, and what empties those that end. */
export function startNamespaces(
  program: Program,
  { controllerManager, traits }: ClusterConfig,
  identity: IdentityOf,
  kinds: readonly Kind[],
): void {
  const { process } = program;
  const namespaces = program.informer<Namespace>(NAMESPACE);
  new NamespaceCompanion({
    process,
    client: identity('service-account-controller').client,
    namespaces,
    companions: program.informer(SERVICE_ACCOUNT),
    name: 'default',
  });
  new NamespaceCompanion({
    process,
    client: identity('root-ca-cert-publisher').client,
    namespaces,
    companions: program.informer(CONFIG_MAP),
    name: 'kube-root-ca.crt',
    content: { data: { 'ca.crt': CERTIFICATE } },
  });
  const { kubeApiQps, kubeApiBurst, concurrentNamespaceSyncs } = controllerManager;
  const name = 'namespace-controller';
  new NamespaceController({
    process,
    // So chatty that it has limits of its own (app/core.go newNamespaceController).
    client: program.client(name, userOf(name), 20 * kubeApiQps, 100 * kubeApiBurst),
    namespaces,
    kinds: kinds.filter(({ namespaced }) => namespaced),
    podsFirst: traits.podsLeaveNamespacesFirst,
    workers: concurrentNamespaceSyncs,
  });
}

/** As long as the certificate of a cluster made by kubeadm. */
const CERTIFICATE = 'x'.repeat(1107);
