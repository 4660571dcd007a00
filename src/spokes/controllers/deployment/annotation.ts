import type { Labels } from '../../../api/labels.js';

/** Which rollout of its Deployment a ReplicaSet belongs to: 1, 2, 3 … */
export const REVISION = 'deployment.kubernetes.io/revision';

/** Earlier revisions of a ReplicaSet that was rolled back to, comma separated. */
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';

/** The Deployment's size when the ReplicaSet was last scaled; a difference is how a resize is noticed. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';

/** The same with the surge: what proportional scaling takes fractions of. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** The label that tells the pods of one template from another's. */
export const POD_TEMPLATE_HASH = 'pod-template-hash';

const INT32_MAX = 2 ** 31 - 1;
const NOT_COPIED: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** A replica count from an annotation, undefined when it is missing or no count (getNonNegativeInt32FromAnnotation). */
export function replicasAnnotation(annotations: Labels, key: string): number | undefined {
  const text = annotations[key];
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  const count = Number(text);
  return count > INT32_MAX ? undefined : count;
}

/** The annotations with both replica counts set; the same object when they already are. */
export function withReplicasAnnotations(annotations: Labels, desired: number, max: number): Labels {
  if (annotations[DESIRED_REPLICAS] === `${desired}` && annotations[MAX_REPLICAS] === `${max}`) return annotations;
  return { ...annotations, [DESIRED_REPLICAS]: `${desired}`, [MAX_REPLICAS]: `${max}` };
}

/** `target` with the Deployment's own annotations copied over it; the same object when it has them already. */
export function withCopiedAnnotations(target: Labels, deployment: Labels): Labels {
  const missing = Object.entries(deployment).filter(([key, value]) => !NOT_COPIED.has(key) && target[key] !== value);
  return missing.length === 0 ? target : { ...target, ...Object.fromEntries(missing) };
}
