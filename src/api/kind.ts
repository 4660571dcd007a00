import type { ApiObject } from './object.js';

/**
 * A kind of object, as data: the hub treats all kinds alike, and a scenario or a library user may register more.
 * Names are those of the Kubernetes API (`apps/v1`, `Deployment`, `deployments`).
 */
export interface Kind {
  /** Dense number of the kind within its registry. */
  readonly id: number;
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  /** Singular CamelCase name: `Deployment`. */
  readonly name: string;
  /** Plural lower-case name in paths: `deployments`. */
  readonly resource: string;
  readonly namespaced: boolean;
  /** Whether the API server keeps a watch cache for it; events are read from etcd (kubernetes-facts A3). */
  readonly watchCached: boolean;
  /** Whether objects have no other encoding than JSON: those of custom resources (apiextensions-apiserver). */
  readonly json?: boolean | undefined;
  /** Whether an object is as its owner wants it, for kinds registered by a user who says so. */
  readonly asDesired?: ((object: ApiObject) => boolean) | undefined;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(kind: Pick<Kind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

function builtIn(id: number, group: string, version: string, name: string, resource: string, namespaced = true): Kind {
  const watchCached = name !== 'Event';
  return Object.freeze({ id, group, version, name, resource, namespaced, watchCached });
}

const SCHEDULING = 'scheduling.k8s.io';
const DISCOVERY = 'discovery.k8s.io';
const STORAGE = 'storage.k8s.io';

export const NODE: Kind = builtIn(0, '', 'v1', 'Node', 'nodes', false);
export const POD: Kind = builtIn(1, '', 'v1', 'Pod', 'pods');
export const NAMESPACE: Kind = builtIn(2, '', 'v1', 'Namespace', 'namespaces', false);
export const CONFIG_MAP: Kind = builtIn(3, '', 'v1', 'ConfigMap', 'configmaps');
export const EVENT: Kind = builtIn(4, '', 'v1', 'Event', 'events');
export const LEASE: Kind = builtIn(5, 'coordination.k8s.io', 'v1', 'Lease', 'leases');
export const DEPLOYMENT: Kind = builtIn(6, 'apps', 'v1', 'Deployment', 'deployments');
export const REPLICA_SET: Kind = builtIn(7, 'apps', 'v1', 'ReplicaSet', 'replicasets');
export const CONTROLLER_REVISION: Kind = builtIn(8, 'apps', 'v1', 'ControllerRevision', 'controllerrevisions');
export const STATEFUL_SET: Kind = builtIn(9, 'apps', 'v1', 'StatefulSet', 'statefulsets');
export const DAEMON_SET: Kind = builtIn(10, 'apps', 'v1', 'DaemonSet', 'daemonsets');
export const JOB: Kind = builtIn(11, 'batch', 'v1', 'Job', 'jobs');
export const CRON_JOB: Kind = builtIn(12, 'batch', 'v1', 'CronJob', 'cronjobs');
export const PRIORITY_CLASS: Kind = builtIn(13, SCHEDULING, 'v1', 'PriorityClass', 'priorityclasses', false);
export const PERSISTENT_VOLUME: Kind = builtIn(14, '', 'v1', 'PersistentVolume', 'persistentvolumes', false);
export const PERSISTENT_VOLUME_CLAIM: Kind = builtIn(15, '', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims');
export const STORAGE_CLASS: Kind = builtIn(16, STORAGE, 'v1', 'StorageClass', 'storageclasses', false);
export const CSI_NODE: Kind = builtIn(17, STORAGE, 'v1', 'CSINode', 'csinodes', false);
export const POD_DISRUPTION_BUDGET: Kind = builtIn(18, 'policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets');
export const REPLICATION_CONTROLLER: Kind = builtIn(19, '', 'v1', 'ReplicationController', 'replicationcontrollers');
export const SERVICE: Kind = builtIn(20, '', 'v1', 'Service', 'services');
export const ENDPOINTS: Kind = builtIn(21, '', 'v1', 'Endpoints', 'endpoints');
export const ENDPOINT_SLICE: Kind = builtIn(22, DISCOVERY, 'v1', 'EndpointSlice', 'endpointslices');
export const SERVICE_ACCOUNT: Kind = builtIn(23, '', 'v1', 'ServiceAccount', 'serviceaccounts');
export const HORIZONTAL_POD_AUTOSCALER: Kind = builtIn(
  24,
  'autoscaling',
  'v2',
  'HorizontalPodAutoscaler',
  'horizontalpodautoscalers',
);
export const LIMIT_RANGE: Kind = builtIn(25, '', 'v1', 'LimitRange', 'limitranges');
export const RESOURCE_QUOTA: Kind = builtIn(26, '', 'v1', 'ResourceQuota', 'resourcequotas');

/** The kinds hubsim knows without being told, by id. */
export const BUILT_IN_KINDS: readonly Kind[] = [
  NODE,
  POD,
  NAMESPACE,
  CONFIG_MAP,
  EVENT,
  LEASE,
  DEPLOYMENT,
  REPLICA_SET,
  CONTROLLER_REVISION,
  STATEFUL_SET,
  DAEMON_SET,
  JOB,
  CRON_JOB,
  PRIORITY_CLASS,
  PERSISTENT_VOLUME,
  PERSISTENT_VOLUME_CLAIM,
  STORAGE_CLASS,
  CSI_NODE,
  POD_DISRUPTION_BUDGET,
  REPLICATION_CONTROLLER,
  SERVICE,
  ENDPOINTS,
  ENDPOINT_SLICE,
  SERVICE_ACCOUNT,
  HORIZONTAL_POD_AUTOSCALER,
  LIMIT_RANGE,
  RESOURCE_QUOTA,
];
