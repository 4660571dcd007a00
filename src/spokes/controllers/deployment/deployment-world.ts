import type { ReplicaSet } from '../../../api/workload.js';
import type { ApiClient } from '../../../client/api-client.js';
import type { EventRecorder } from '../../../client/event-recorder.js';
import type { GoDump } from './go-dump.js';
import type { KnownRoles } from './known-roles.js';

/** Everything a sync of a Deployment sees and does beside the Deployment and its ReplicaSets. */
export interface DeploymentWorld {
  readonly clock: { readonly nowNs: number };
  readonly client: Pick<ApiClient, 'create' | 'update' | 'updateStatus' | 'delete'>;
  readonly events: Pick<EventRecorder, 'event'>;
  readonly dump: GoDump;
  readonly roles: KnownRoles;
  /** A ReplicaSet from the cache. */
  replicaSetNamed(namespace: string, name: string): ReplicaSet | undefined;
  /** Whether the cache knows of a pod of the ReplicaSet that has neither succeeded nor failed. */
  hasUnfinishedPods(replicaSet: ReplicaSet): boolean;
}
