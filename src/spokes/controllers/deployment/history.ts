import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import { byRevision } from './replica-set-order.js';

/** revisionHistoryLimit that means "keep all". */
const KEEP_ALL = 2 ** 31 - 1;

/**
 * The old ReplicaSets to delete: all but the latest `revisionHistoryLimit`, lowest revision first, and of those only
 * the ones without pods whose latest spec their controller has seen (sync.go cleanupDeployment).
 */
export function expiredReplicaSets(spec: DeploymentSpec, old: readonly ReplicaSet[]): readonly ReplicaSet[] {
  if (spec.revisionHistoryLimit === KEEP_ALL || old.length <= spec.revisionHistoryLimit) return [];
  const alive = old.filter((each) => !each.metadata.deleting).sort(byRevision);
  return alive
    .slice(0, Math.max(0, alive.length - spec.revisionHistoryLimit))
    .filter(
      ({ metadata, spec, status }) =>
        spec.replicas === 0 && status.replicas === 0 && metadata.generation <= status.observedGeneration,
    );
}
