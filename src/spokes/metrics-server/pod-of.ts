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

/** The same for equal workloads alone; none of the parts has a space in it. */
export function workloadKey({ kind, namespace, name }: WorkloadName): string {
  return `${kind.id} ${namespace} ${name}`;
}

/** Of the workloads that a pod is one of. */
export function keysOf({ metadata }: Pod): string[] {
  const owner = controllerOf(metadata);
  if (owner === undefined || owner.kindId === DEPLOYMENT.id) return [];
  const { namespace, labels } = metadata;
  const keys = [`${owner.kindId} ${namespace} ${owner.name}`];
  const suffix = `-${labels['pod-template-hash']}`;
  if (owner.kindId === REPLICA_SET.id && owner.name.endsWith(suffix))
    keys.push(workloadKey({ kind: DEPLOYMENT, namespace, name: owner.name.slice(0, -suffix.length) }));
  return keys;
}
