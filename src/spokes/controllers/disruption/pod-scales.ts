import { DEPLOYMENT, REPLICA_SET, REPLICATION_CONTROLLER, STATEFUL_SET } from '../../../api/kind.js';
import { controllerOf, type OwnerReference } from '../../../api/meta.js';
import type { StatefulSet } from '../../../api/stateful-set.js';
import type { Deployment, ReplicaSet } from '../../../api/workload.js';
import type { Informer } from '../../../client/informer.js';
import type { Scale } from './expected-pods.js';

/** Finds how many pods the workload behind a pod asks for (disruption.go finders). */
export class PodScales {
  private readonly deployments: Informer<Deployment>;
  private readonly replicaSets: Informer<ReplicaSet>;
  private readonly replicationControllers: Informer<ReplicaSet>;
  private readonly statefulSets: Informer<StatefulSet>;

  constructor(
    deployments: Informer<Deployment>,
    replicaSets: Informer<ReplicaSet>,
    replicationControllers: Informer<ReplicaSet>,
    statefulSets: Informer<StatefulSet>,
  ) {
    this.deployments = deployments;
    this.replicaSets = replicaSets;
    this.replicationControllers = replicationControllers;
    this.statefulSets = statefulSets;
  }

  /** Undefined for a controller that has no scale, or is not known. */
  of({ kindId, id }: OwnerReference): Scale | undefined {
    if (kindId === STATEFUL_SET.id) return scaleOf(this.statefulSets.cache.byId(id));
    if (kindId === REPLICATION_CONTROLLER.id) return scaleOf(this.replicationControllers.cache.byId(id));
    if (kindId !== REPLICA_SET.id) return undefined;
    const replicaSet = this.replicaSets.cache.byId(id);
    const owner = replicaSet === undefined ? undefined : controllerOf(replicaSet.metadata);
    return owner?.kindId === DEPLOYMENT.id ? scaleOf(this.deployments.cache.byId(owner.id)) : scaleOf(replicaSet);
  }
}

function scaleOf(workload: Deployment | ReplicaSet | StatefulSet | undefined): Scale | undefined {
  return workload && { workload: `${workload.kind.id}/${workload.id}`, replicas: workload.spec.replicas };
}
