import { DESIRED_REPLICAS, MAX_REPLICAS, NOT_SHARED } from '../../../api/deployment-annotations.js';
import { isDigits } from '../../../api/digits.js';
import type { Labels } from '../../../api/labels.js';

const INT32_MAX = 2 ** 31 - 1;

/** A replica count from an annotation, undefined when it is missing or no count (getNonNegativeInt32FromAnnotation). */
export function replicasAnnotation(annotations: Labels, key: string): number | undefined {
  const text = annotations[key];
  if (text === undefined || !isDigits(text)) return undefined;
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
  let copied: Record<string, string> | undefined;
  for (const key in deployment) {
    const value = deployment[key]!;
    if (target[key] === value || NOT_SHARED.has(key)) continue;
    copied ??= { ...target };
    copied[key] = value;
  }
  return copied ?? target;
}
