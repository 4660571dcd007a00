import { DEPLOYMENT, type Kind, REPLICA_SET } from '../../api/kind.js';
import { controllerOf } from '../../api/meta.js';
import type { Pod } from '../../api/pod.js';

export interface WorkloadName {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** Whether a pod is one of a workload's. Pods of a Deployment are known by the name of its ReplicaSets. */
export function isPodOf({ metadata }: Pod, { kind, namespace, name }: WorkloadName): boolean {
  const owner = controllerOf(metadata);
  if (owner === undefined || metadata.namespace !== namespace) return false;
  if (kind !== DEPLOYMENT) return owner.kindId === kind.id && owner.name === name;
  return owner.kindId === REPLICA_SET.id && owner.name === `${name}-${metadata.labels['pod-template-hash']}`;
}

export function isSameWorkload(a: WorkloadName, b: WorkloadName): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
