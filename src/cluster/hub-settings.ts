import type { ListRules } from '../hub/flow-control/list-work.js';
import type { ClusterConfig } from './config.js';
import type { HubSettings } from './hub.js';
import type { VersionTraits } from './versions.js';

/** What a configuration says of the hub. */
export function hubSettings({
  apiServer,
  etcd,
  network,
  traits,
  control,
  controllerManager,
  claims,
  wiring,
}: ClusterConfig): HubSettings {
  const hasControllers = control !== 'imperative' && controllerManager.replicas > 0;
  return {
    apiServers: apiServer.replicas,
    etcdMembers: etcd.members,
    elections: etcd,
    eventsSeparately: etcd.eventsSeparately,
    eventTtlNs: apiServer.eventTtlNs,
    compactionIntervalNs: apiServer.etcdCompactionIntervalNs,
    quotaBackendBytes: etcd.quotaBackendBytes,
    wire: network.delay,
    serverSeats: apiServer.maxRequestsInflight + apiServer.maxMutatingRequestsInflight,
    requestTimeoutNs: apiServer.requestTimeoutNs,
    fsync: etcd.fsync,
    lists: listRules(traits),
    schemas: apiServer.flowSchemas,
    levels: apiServer.priorityLevels,
    mutatingWebhooks: apiServer.mutatingWebhooks,
    validatingWebhooks: apiServer.validatingWebhooks,
    // In a mesh there is no server that anybody would want to know of.
    identityLeases: wiring.mode === 'hub',
    // Where no controller does their part the plugins are left out, as Kubernetes' own tests of the API server do (test/integration/framework).
    serviceAccounts: hasControllers,
    protectsClaims: hasControllers && claims === true,
  };
}

function listRules({ listSeatsByBytes, consistentListsFromCache, listsFromSnapshots }: VersionTraits): ListRules {
  return {
    seatsByBytes: listSeatsByBytes,
    consistentFromCache: consistentListsFromCache,
    snapshots: listsFromSnapshots,
  };
}
