import type { DeploymentSpec, ReplicaSet } from '../../../api/workload.js';
import { withReplicasAnnotations } from './annotation.js';
import { maxSurge } from './rollout-bounds.js';

/** One ReplicaSet to be written with another size, other annotations, or both. */
export interface Scaling {
  readonly replicaSet: ReplicaSet;
  /** The version to write. */
  readonly scaled: ReplicaSet;
}

/**
 * The write that gives a ReplicaSet a new size and the Deployment's replica counts; undefined when the size is right,
 * unless `annotationsToo` asks to correct the annotations alone (sync.go scaleReplicaSet, forceUpdate).
 */
export function scaling(
  replicaSet: ReplicaSet,
  replicas: number,
  spec: DeploymentSpec,
  annotationsToo: boolean = false,
): Scaling | undefined {
  const resized = replicaSet.spec.replicas !== replicas;
  if (!resized && !annotationsToo) return undefined;
  const annotations = withReplicasAnnotations(
    replicaSet.metadata.annotations,
    spec.replicas,
    spec.replicas + maxSurge(spec),
  );
  if (!resized && annotations === replicaSet.metadata.annotations) return undefined;
  const scaled = replicaSet
    .withSpec(resized ? { ...replicaSet.spec, replicas } : replicaSet.spec)
    .withMetadata(replicaSet.metadata.with({ annotations }));
  return { replicaSet, scaled };
}

/** Whether the write changes the size, which is what counts as progress. */
export function changesSize({ replicaSet, scaled }: Scaling): boolean {
  return replicaSet.spec.replicas !== scaled.spec.replicas;
}
