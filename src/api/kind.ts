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
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(kind: Pick<Kind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

function builtIn(id: number, group: string, version: string, name: string, resource: string, namespaced = true): Kind {
  return Object.freeze({ id, group, version, name, resource, namespaced, watchCached: name !== 'Event' });
}

export const NODE: Kind = builtIn(0, '', 'v1', 'Node', 'nodes', false);
export const POD: Kind = builtIn(1, '', 'v1', 'Pod', 'pods');
export const NAMESPACE: Kind = builtIn(2, '', 'v1', 'Namespace', 'namespaces', false);
export const CONFIG_MAP: Kind = builtIn(3, '', 'v1', 'ConfigMap', 'configmaps');
export const EVENT: Kind = builtIn(4, '', 'v1', 'Event', 'events');
export const LEASE: Kind = builtIn(5, 'coordination.k8s.io', 'v1', 'Lease', 'leases');
export const DEPLOYMENT: Kind = builtIn(6, 'apps', 'v1', 'Deployment', 'deployments');
export const REPLICA_SET: Kind = builtIn(7, 'apps', 'v1', 'ReplicaSet', 'replicasets');

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
];
