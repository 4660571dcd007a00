import { DESIRED_REPLICAS } from '../../../api/deployment-annotations.js';
import type { DeploymentSpec } from '../../../api/workload.js';
import { replicasAnnotation } from './annotation.js';
import type { ReplicaSets } from './find-replica-set.js';
import { activeReplicaSets } from './replica-set-order.js';

/** Whether the Deployment was resized since one of its active ReplicaSets was last written (sync.go isScalingEvent). */
export function isScalingEvent(spec: DeploymentSpec, { current, old }: ReplicaSets): boolean {
  return activeReplicaSets(current === undefined ? old : [...old, current]).some((each) => {
    const desired = replicasAnnotation(each.metadata.annotations, DESIRED_REPLICAS);
    return desired !== undefined && desired !== spec.replicas;
  });
}
